"""Names that are nearly names we know: joined, refused, remembered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.intake.test_importing import canonical, home, take

from groundplan.book.models import Account, Opportunity, Product
from groundplan.intake.contracts import ImportReport, Mapping
from groundplan.intake.mapping.toml import mapping_from_toml, mapping_to_toml
from groundplan.intake.models import RememberedMapping
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
FILES = {
    "products.csv": "product_id,name\nGTX Pro,GTX Pro\nMG Special,MG Special\n",
    "accounts.csv": "account_id,name\nA,Acme\n",
    "opportunities.csv": "opportunity_id,account_id,name,stage,product_id\n"
    "1,A,x,Won,GTXPro\n2,A,y,Won,MG Speciall\n",
}
MAPPING = Mapping(tuple(canonical(name, text) for name, text in FILES.items()))


def told(report: ImportReport) -> list[tuple[str, str, bool, bool]]:
    return [(p.spelling, p.means, p.accepted, p.decided) for p in report.proposals]


def test_a_spelling_said_to_be_another_is_rejected_and_still_shown(take: Take) -> None:
    report = take(FILES, replace(MAPPING, apart={"products": ("GTXPro",)}))
    assert told(report) == [
        ("GTXPro", "GTX Pro", False, True),
        ("MG Speciall", "MG Special", False, False),
    ]
    assert [(r.value, r.reason) for r in report.reject_sample] == [
        ("GTXPro", "is unknown"),
        ("MG Speciall", "is unknown: did you mean MG Special?"),
    ]


def test_a_proposed_name_that_was_accepted_is_joined_and_still_shown(take: Take) -> None:
    report = take(FILES, replace(MAPPING, aliases={"products": {"MG Speciall": "MG Special"}}))
    assert told(report) == [
        ("GTXPro", "GTX Pro", True, False),
        ("MG Speciall", "MG Special", True, True),
    ]
    assert [p.score > 0.9 for p in report.proposals] == [True, True]
    assert Opportunity.objects.get(name="y").product == Product.objects.get(name="MG Special")


def test_a_name_of_its_own_is_made_where_names_are_made(take: Take) -> None:
    """Nothing of that kind was ever loaded: what rows name is created, then taken for itself."""
    orders = "account_id,date,amount\nacme,2024-01-02,5\n"
    take({"purchases.csv": "account_id,date,amount\nAcme,2024-01-01,5\n"})
    mapping = Mapping((canonical("purchases.csv", orders),))
    joined = take({"purchases.csv": orders}, mapping, dry_run=True)
    assert told(joined) == [("acme", "Acme", True, False)]
    take({"purchases.csv": orders}, replace(mapping, apart={"accounts": ("acme",)}))
    assert set(Account.objects.values_list("name", flat=True)) == {"Acme", "acme"}


def test_decisions_come_through_toml_as_they_went_in() -> None:
    mapping = replace(MAPPING, apart={"products": ("GTXPro", 'a "b"')}, aliases={"products": {}})
    assert mapping_from_toml(mapping_to_toml(mapping)).apart == mapping.apart


def test_decisions_hold_for_the_next_files_of_the_source_whatever_they_are_called(
    take: Take, tmp_path: Path
) -> None:
    decided = replace(
        MAPPING,
        apart={"products": ("GTXPro",)},
        aliases={"products": {"MG Speciall": "MG Special"}},
    )
    take(FILES, decided)
    folder = tmp_path / "february"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"february {name}").write_text(text)
    report = import_run(viewer=SYSTEM, source="crm", paths=[folder])
    assert {(p.spelling, p.accepted, p.decided) for p in report.proposals} == {
        ("GTXPro", False, True),
        ("MG Speciall", True, True),
    }
    kept = mapping_from_toml(RememberedMapping.objects.get().toml)
    assert (kept.apart, kept.aliases) == (decided.apart, decided.aliases)
