"""What stops an import whose mapping nobody looked at."""

from pathlib import Path

import duckdb
import pytest
from pytest_django import Settings

from groundplan.book.models import Account
from groundplan.intake.contracts import (
    ImportReport,
    Join,
    Mapping,
    RejectSum,
    StagedFile,
    TableCount,
    TableMapping,
)
from groundplan.intake.merging.state import State
from groundplan.intake.services import import_run
from groundplan.intake.services.doubting import stop_if_mostly_rejected
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM


def _state(*, suggested: bool = True, dry_run: bool = False) -> State:
    file = StagedFile("deals.csv", "deals", ("Company Id",), 100)
    return State(
        connection=duckdb.connect(),
        mapping=Mapping(()),
        files={file.name: file},
        typed=[],
        source_id=None,
        loaded=set(),
        dry_run=dry_run,
        complete=False,
        scratch=Path(),
        suggested=suggested,
    )


def _report(rejected: int, *, taken: int = 10) -> ImportReport:
    told = RejectSum("deals.csv", "Company Id", "is unknown", rejected, 2, ((2, "4711", ""),))
    return ImportReport("crm", {"accounts": TableCount(accepted=taken)}, reject_sums=(told,))


def test_a_column_that_has_most_rows_rejected_stops_the_import() -> None:
    with pytest.raises(InvalidInput, match="51 of 100 rows would be rejected: Company Id") as told:
        stop_if_mostly_rejected(_state(), _report(51))
    assert "deals.csv" in told.value.mend


def test_rows_of_a_joined_file_are_counted_as_often_as_they_are_joined() -> None:
    state = _state()
    state.files["lines.csv"] = StagedFile("lines.csv", "lines", ("Deal",), 400)
    joins = (Join("deals.csv", {"Deal": "Deal"}),)
    state.mapping = Mapping((TableMapping("purchases", "lines.csv", {}, joins),))
    stop_if_mostly_rejected(state, _report(200))
    with pytest.raises(InvalidInput, match="201 of 400 rows would be rejected: Company Id"):
        stop_if_mostly_rejected(state, _report(201))


@pytest.mark.parametrize(
    ("state", "report"),
    [
        (_state(), _report(50)),
        (_state(suggested=False), _report(100)),
        (_state(dry_run=True), _report(100)),
        (_state(), _report(100, taken=0)),
    ],
    ids=["half of the rows", "a chosen mapping", "a dry run", "nothing is taken anyway"],
)
def test_other_imports_go_on(state: State, report: ImportReport) -> None:
    stop_if_mostly_rejected(state, report)
    assert report.reject_sums[0].rows >= 50


@pytest.mark.django_db
def test_nothing_is_taken_where_deals_refer_to_accounts_that_no_file_has(
    tmp_path: Path, settings: Settings
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    accounts = [f"A{n},Firm {n},DE" for n in range(50)]
    deals = [f"D{n},X{n},Deal {n},Closed Won,{n}.5,2025-03-01" for n in range(50)]
    told = {
        "accounts.csv": ["Account ID,Account Name,Country", *accounts],
        "deals.csv": ["Deal ID,Account ID,Deal Name,Stage,Amount,Close Date", *deals],
    }
    for name, lines in told.items():
        (tmp_path / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    paths = [tmp_path / name for name in told]
    with pytest.raises(InvalidInput, match="50 of 50 rows would be rejected: Account ID"):
        import_run(viewer=SYSTEM, source="crm", paths=paths)
    assert not Account.objects.exists()


def _till(folder: Path, kept: list[str], column: str = "Customer ID") -> Path:
    """A till's list of what it sold, of which `kept` names the customers, '' where nobody told."""
    lines = [f"T{n},2025-03-{n % 28 + 1:02d},Bun,{n}.50,{who}" for n, who in enumerate(kept)]
    path = folder / "items.csv"
    head = f"Transaction ID,Date,Item,Net Sales,{column}"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_sales_that_name_nobody_are_told_where_the_others_name_their_customers(
    tmp_path: Path, settings: Settings
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    path = _till(tmp_path, [f"C{n % 9}" if n % 3 == 0 else "" for n in range(90)])
    report = import_run(viewer=SYSTEM, source="till", paths=[path])
    assert report.tables["purchases"].accepted == 30
    assert report.tables["purchases"].rejected == 60
    assert (
        "items.csv: 60 rows that name no customer are rejected, they come to 2,730.00."
        in report.notes
    )
    assert Account.objects.count() == 3


@pytest.mark.django_db
def test_a_column_that_names_hardly_any_customer_stops_the_import(
    tmp_path: Path, settings: Settings
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    path = _till(tmp_path, [f"C{n % 9}" if n < 5 else "" for n in range(90)])
    with pytest.raises(InvalidInput, match="85 of 90 rows would be rejected: Customer ID"):
        import_run(viewer=SYSTEM, source="till", paths=[path])
    assert not Account.objects.exists()
