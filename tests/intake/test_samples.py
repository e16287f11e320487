"""The sample exports beside the project, by their example mapping and by none."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from groundplan.book.selectors import visible_accounts
from groundplan.intake.contracts import ImportReport
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.selectors import purchase_layers
from groundplan.intake.services import import_run
from groundplan.people.contracts import SYSTEM

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "data"
FOLDERS = {
    "maven": "maven_crm_sales_opportunities",
    "northwind": "northwind",
    "salesforce": "salesforce_sample",
}

pytestmark = [
    pytest.mark.samples,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample exports at {SAMPLES}"),
]


@dataclass(frozen=True)
class Road:
    """How a sample is taken: with its example mapping, or with what is suggested."""

    mapped: bool

    def take(self, name: str) -> ImportReport:
        text = (ROOT / "examples" / "mappings" / f"{name}.toml").read_text(encoding="utf-8")
        mapping = mapping_from_toml(text) if self.mapped else None
        paths = [SAMPLES / FOLDERS[name]]
        return import_run(viewer=SYSTEM, source=name, paths=paths, mapping=mapping)


@pytest.fixture(params=[True, False], ids=["example mapping", "no mapping"])
def road(request: pytest.FixtureRequest) -> Road:
    return Road(request.param)


def test_maven_is_taken_and_its_blank_accounts_are_explained(road: Road) -> None:
    report = road.take("maven")
    opportunities = report.tables["opportunities"]
    assert (opportunities.read, opportunities.rejected) == (8800, 1425)
    assert report.tables["accounts"].accepted == 85
    assert report.tables["products"].accepted == 7, "GTXPro is no eighth product"
    assert {(each.column, each.value) for each in report.reject_sample} == {("account", "")}
    if not road.mapped:
        (proposal,) = report.proposals
        assert (proposal.spelling, proposal.means) == ("GTXPro", "GTX Pro")
        assert proposal.accepted


def test_northwind_sums_to_its_net_revenue(road: Road) -> None:
    report = road.take("northwind")
    assert report.tables["purchases"].accepted == 2155
    assert report.tables["accounts"].accepted == 91
    assert report.tables["contacts"].accepted == 91
    assert report.tables["users"].accepted == 9
    (layer,) = purchase_layers()
    files = str(layer.layer.folder / "**" / "*.parquet")
    total = duckdb.execute(f"SELECT sum(amount) FROM read_parquet('{files}')").fetchone()
    assert total is not None
    assert round(total[0], 2) == Decimal("1265793.04")


def test_salesforce_is_taken_with_its_reporting_lines_and_namesakes(road: Road) -> None:
    report = road.take("salesforce")
    counts = {name: count.accepted for name, count in report.tables.items()}
    assert (counts["accounts"], counts["contacts"], counts["opportunities"]) == (83, 133, 774)
    assert [note for note in report.notes if "Nissan Motors" in note]
    accounts = visible_accounts(SYSTEM)
    reporting = accounts.filter(contacts__reports_to__isnull=False).values("contacts__pk")
    assert reporting.count() == 30
