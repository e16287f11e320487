"""Tiers tried before anybody keeps them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from groundplan.engine.owned import read_owned
from groundplan.measures.segments import choose_segments
from groundplan.measures.tiers import Characteristic, Limits, Trial, assign_tiers, try_tiers
from groundplan.measures.tiers.trial import from_share, thresholds_for

from .facts import AS_OF, YEAR_AGO, connection
from .test_tiers import BOOK

FOOD = Characteristic("Food", "industry", "contains", "food", 2)
LARGE = Characteristic("Large", "employees", "at_least", 100)
SERVICE = Characteristic("Service", "products", "owns_category", ["Service"])
counts = st.dictionaries(st.integers(-5, 20).map(float), st.integers(1, 50), min_size=1)
shares = st.floats(0, 1)


def tried(rules: Sequence[Characteristic], limits: Limits, decided: Sequence[int] = ()) -> Trial:
    """A trial on the book, whose tiers in force are B where an account is in food, else C."""
    database = connection(BOOK)
    choose_segments(database, read_owned(database), as_of=AS_OF, year_ago=YEAR_AGO)
    database.execute(
        "CREATE TABLE account_whitespace AS SELECT account_id, 0 AS whitespace FROM accounts"
    )
    assign_tiers(database, as_of=AS_OF, characteristics=[FOOD], a_from=9, b_from=2)
    for made in (
        "tiers_now AS SELECT account_id, tier FROM account_tiers",
        "kept_facts AS SELECT * EXCLUDE (owned_bits) FROM account_facts",
    ):
        database.execute(f"CREATE TABLE {made}")
    database.execute("DROP TABLE account_facts")
    database.execute(
        "CREATE TABLE decided_accounts AS SELECT UNNEST($ids::BIGINT[]) AS account_id",
        {"ids": list(decided)},
    )
    return try_tiers(database, characteristics=rules, limits=limits, as_of=AS_OF)


def test_what_is_in_force_moves_nobody() -> None:
    found = tried([FOOD], Limits(a_from=9, b_from=2))
    assert found.moved == {("B", "B"): 2, ("C", "C"): 2}
    assert found.met == (2,)


def test_a_trial_tells_who_goes_from_where_to_where() -> None:
    found = tried([FOOD, LARGE, SERVICE], Limits(a_from=3, b_from=1))
    assert found.met == (2, 1, 2)
    assert found.moved == {("B", "A"): 1, ("B", "B"): 1, ("C", "B"): 1, ("C", "C"): 1}


def test_accounts_that_a_person_decided_on_are_counted_apart() -> None:
    found = tried([FOOD, LARGE], Limits(a_from=3, b_from=1), decided=[1, 4])
    assert found.decided == 2
    assert found.moved == {("B", "B"): 1, ("C", "C"): 1}


@given(counts, shares)
def test_no_other_sum_comes_nearer_to_the_share_asked_for(
    sums: dict[float, int], share: float
) -> None:
    total = sum(sums.values())

    def off(limit: float) -> float:
        return abs(sum(n for value, n in sums.items() if value >= limit) / total - share)

    chosen = from_share(share, sums)
    assert all(off(chosen) <= off(other) + 1e-12 for other in (*sums, max(sums) + 1))


@given(counts, shares, shares)
def test_b_never_begins_above_a(sums: dict[float, int], first: float, second: float) -> None:
    found = thresholds_for(Limits(a_share=first, ab_share=second), [1, 2], sums)
    assert found.b_from <= found.a_from
