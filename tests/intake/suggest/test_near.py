from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from groundplan.intake.suggest import near_names


def test_case_blanks_and_punctuation_are_spelling() -> None:
    (found,) = near_names("products", {"GTXPro": 1480}, ["GTX Pro", "GTX Basic"])
    assert (found.means, found.rows, found.accepted) == ("GTX Pro", 1480, True)


def test_a_typing_error_is_proposed_and_not_accepted() -> None:
    (found,) = near_names("accounts", {"Acme Corporaton": 3}, ["Acme Corporation", "Birch"])
    assert found.means == "Acme Corporation"
    assert not found.accepted


def test_a_spelling_of_two_names_is_not_accepted() -> None:
    (found,) = near_names("accounts", {"ab cd": 1}, ["AB-CD", "ABC-D"])
    assert not found.accepted


def test_numbers_tell_names_apart() -> None:
    assert near_names("products", {"Pump 300": 1}, ["Pump 200", "Pump 400"]) == []


def test_a_known_name_and_a_strange_one_make_no_proposal() -> None:
    assert near_names("accounts", {"Acme": 1, "Zebra Zoo": 2}, ["Acme", "Birch"]) == []


def test_a_company_form_is_not_the_name() -> None:
    (found,) = near_names("accounts", {"Birke Maschinenbau": 1}, ["Birke Maschinenbau GmbH"])
    assert found.means == "Birke Maschinenbau GmbH"


@given(st.lists(st.text(alphabet="abcdef 12", min_size=1), max_size=12), st.text(max_size=12))
def test_what_is_accepted_has_the_same_letters(known: list[str], spelling: str) -> None:
    for found in near_names("accounts", {spelling: 1}, known):
        assert found.means in known
        same = [name for name in set(known) if _letters(name) == _letters(spelling)]
        assert found.accepted == (len(same) == 1)


def _letters(name: str) -> list[str]:
    """Forms of a letter or digit that mean the same (`¹`, `1`) are one."""
    return [each for each in normalize("NFKC", name.casefold()) if each.isalnum()]
