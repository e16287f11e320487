"""What real exports bring: two encodings, cells like formulas, files that grow, one key often."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from groundplan.book.models import Contact
from groundplan.engine.purchases import effective_sql, standing
from groundplan.intake.contracts import ImportReport
from groundplan.intake.reading.being_written import unchanged
from groundplan.intake.reading.mixed_encodings import mixed_notes
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.selectors import purchase_layers
from groundplan.intake.services import import_run
from groundplan.intake.suggest import suggest
from groundplan.intake.workspace import open_workspace
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM

HEAD = "account_id,product_id,date,amount,order_id\n"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    made = tmp_path / "files"
    made.mkdir()
    return made


def take(path: Path) -> ImportReport:
    return import_run(viewer=SYSTEM, source="shop", paths=[path])


def total(tmp_path: Path) -> tuple[int, Decimal]:
    sql = effective_sql(standing([kept.layer for kept in purchase_layers()]), {})
    with open_workspace(tmp_path / "sum") as workspace:
        rows, amount = workspace.connection.execute(
            f"SELECT count(*), sum(amount) FROM ({sql})"
        ).fetchall()[0]
    return rows, amount


@pytest.mark.django_db
def test_a_thousand_lines_of_one_account_taken_twice_leave_totals_unchanged(
    folder: Path, tmp_path: Path
) -> None:
    lines = (f"A1,P1,2026-01-05,1.50,O{number}\n" for number in range(1000))
    (folder / "orders.csv").write_text(HEAD + "".join(lines))
    take(folder)
    first = total(tmp_path)
    take(folder)
    assert first == total(tmp_path) == (1000, Decimal(1500))


def test_lines_in_another_encoding_are_read_as_what_they_are_and_told(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    plain = "account_id,name\nA1,Küche Øst\nA2,Plain\n".encode()
    path.write_bytes(plain + "A3,Müller\n".encode("cp1252") + "A4,Façade\n".encode())
    with open_workspace(tmp_path / "work") as workspace:
        (file,) = stage_files([path], workspace)
        names = workspace.connection.execute(f"SELECT name FROM {file.relation}").fetchall()
        (note,) = mixed_notes(workspace.connection)
    assert [name for (name,) in names] == ["Küche Øst", "Plain", "Müller", "Façade"]
    assert "accounts.csv has two encodings: 1 line is in cp1252, the first is line 4" in note


def test_a_file_in_one_other_encoding_is_not_told_to_have_two(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes("account_id,name\nA1,Küche\nA2,Müller\n".encode("cp1252"))
    with open_workspace(tmp_path / "work") as workspace:
        stage_files([path], workspace)
        assert mixed_notes(workspace.connection) == []


@pytest.mark.django_db
def test_no_cell_of_the_rejects_is_a_formula_and_numbers_stay_numbers(folder: Path) -> None:
    values = ["=1+1", "@SUM(A1)", "-cmd|x", "-5", "+5,2", "＝1", "plain"]
    lines = (f"A1,P1,{value!r},1,O1\n".replace("'", '"') for value in values)
    (folder / "orders.csv").write_text(HEAD + "A1,P1,2026-01-05,1,O1\n" + "".join(lines))
    report = take(folder)
    assert report.rejects_path
    with report.rejects_path.open(newline="") as file:
        told = [row["value"] for row in csv.DictReader(file)]
    assert told == ["'=1+1", "'@SUM(A1)", "'-cmd|x", "-5", "+5,2", "'＝1", "plain"]
    assert report.reject_sample[0].value == "=1+1"


@pytest.mark.django_db
def test_a_day_that_stands_for_none_is_none_where_a_day_may_be_lacking(folder: Path) -> None:
    days = ("0000-00-00", "9999-12-31 00:00:00", "31.12.9999", "1/1/1753", "2026-02-31")
    rows = (f"D{at},A1,Offered,10,{day}\n" for at, day in enumerate(days))
    (folder / "deals.csv").write_text(
        "opportunity_id,account_id,stage,amount,close_on\n" + "".join(rows)
    )
    report = take(folder)
    assert [(each.line, each.value) for each in report.reject_sample] == [(6, "2026-02-31")]
    assert report.tables["opportunities"].accepted == 4


@pytest.mark.django_db
def test_a_purchase_without_a_day_is_rejected_however_its_day_is_written(folder: Path) -> None:
    (folder / "orders.csv").write_text(HEAD + "A1,P1,2026-01-05,1,O1\nA1,P1,0000-00-00,1,O2\n")
    assert [each.line for each in take(folder).reject_sample] == [3]


@pytest.mark.parametrize("deed", ["grows", "is cut", "is gone"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, deed: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(HEAD)

    def read() -> None:
        with unchanged([tmp_path]):
            if deed == "is gone":
                path.unlink()
                raise OSError("no such file")
            path.write_text(HEAD + "A1,P1,2026-01-05,1,O1\n" if deed == "grows" else "")

    with pytest.raises(InvalidInput, match=r"orders\.csv changed while it was read"):
        read()


def test_accounts_that_name_another_list_stay_accounts_while_they_have_names_of_their_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "accounts.csv").write_text(
        "account_id,name,industry\n"
        + "".join(f"ACC-{n:04d},Company {n},Retail\n" for n in range(40))
    )
    (tmp_path / "more accounts.csv").write_text(
        "account_id,name,industry,parent account_id\n"
        + "".join(f"NEW-{n:04d},Subsidiary {n},Retail,ACC-{n:04d}\n" for n in range(30))
    )
    with open_workspace(tmp_path / "work") as workspace:
        files = stage_files([tmp_path], workspace)
        _, mapping = suggest(files, workspace.connection)
    fed = {table.file for table in mapping.tables if table.table == "accounts"}
    assert fed == {"accounts.csv", "more accounts.csv"}


@pytest.mark.django_db(transaction=True)
def test_a_contact_that_reports_to_somebody_unknown_or_rejected_is_taken_without(
    folder: Path,
) -> None:
    (folder / "accounts.csv").write_text("account_id,name\nA1,Abel\n")
    (folder / "contacts.csv").write_text(
        "contact_id,account_id,name,reports_to_id\n"
        "1,A1,Ada,nobody\n2,A1,Bruno,1\n3,A9,Clara,2\n4,A1,Dario,3\n"
    )
    report = take(folder)
    contacts = report.tables["contacts"]
    assert (contacts.accepted, contacts.rejected) == (3, 1)
    assert any(
        "2 contacts taken without reports_to_id, which is unknown" in n for n in report.notes
    )
    bosses = dict(Contact.objects.values_list("name", "reports_to__name"))
    assert bosses == {"Ada": None, "Bruno": "Ada", "Dario": None}
