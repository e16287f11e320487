"""Files of which millions of rows can't be taken: answered as a few are, in bounded memory."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from groundplan.engine.duck import open_duckdb
from groundplan.intake.contracts import ColumnRule, ImportReport, Mapping, TableMapping
from groundplan.intake.services import committing, import_run
from groundplan.intake.validating import changing
from groundplan.intake.validating.changing import change_rows
from groundplan.intake.validating.circles import lost_rows
from groundplan.intake.workspace import open_workspace
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import ImportRun

ACCOUNTS = (
    "account_id,name,parent_id\nA,Acme,B\nB,Beta,A\nC,Cog,A\nD,Dot,D\nE,Eve,\nF,Fox,E\nE,E2,\n"
)
CONTACTS = "contact_id,account_id,name\n1,E,Ann\n2,Zeta,Bob\n3,A,Cy\n4,Zeta,Di\n1,E,Ann\n1,F,Ann\n"
CALLS = (
    "account_id,date,kind,subject\nE,2025-01-03,call,A\nX,2025-01-04,call,B\nE,2025-01-03,call,A\n"
)


def _taken(folder: Path, files: dict[str, str], *, dry_run: bool = True) -> ImportReport:
    folder.mkdir(exist_ok=True)
    tables = []
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
        columns = {
            heading: ColumnRule(column=heading) for heading in text.split("\n")[0].split(",")
        }
        tables.append(TableMapping(name, f"{name}.csv", columns))
    return import_run(
        viewer=SYSTEM,
        source="crm",
        paths=[folder],
        mapping=Mapping(tuple(tables)),
        dry_run=dry_run,
    )


@pytest.mark.django_db
def test_rows_that_are_written_anew_are_rejected_as_those_changed_in_place(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    files = {"accounts": ACCOUNTS, "contacts": CONTACTS, "interactions": CALLS}
    few = _taken(tmp_path / "files", files)
    monkeypatch.setattr(changing, "FEW", 0)
    many = _taken(tmp_path / "files", files)
    assert len(few.reject_sample) == 10
    assert (many.reject_sample, many.tables) == (few.reject_sample, few.tables)
    assert many.notes == few.notes


def test_changing_more_rows_than_memory_holds_the_changes_of_spills_and_keeps_their_order(
    tmp_path: Path,
) -> None:
    rows = 500_000
    connection = open_duckdb(scratch=tmp_path, memory_limit="90MB", threads=2)
    connection.execute(
        "CREATE TABLE bad AS SELECT 'product number ' || i AS v, CAST(NULL AS VARCHAR) AS _fault,"
        f" CAST(NULL AS VARCHAR) AS _value FROM range({rows}) made(i)"
    )
    change_rows(
        connection,
        "bad",
        {"_fault": "'product_id|unknown|' || o.v", "_value": "t.v"},
        other="SELECT v FROM bad",
        on="o.v = t.v",
        where="t._fault IS NULL",
        rows=rows,
    )
    changed = connection.execute(
        "SELECT count(_fault), count(*) FILTER (v = 'product number ' || rowid) FROM bad"
    ).fetchone()
    connection.close()
    assert changed == (rows, rows)


def _outgrow(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET memory_limit = '8MB'")
    connection.execute("SELECT list(i ORDER BY i) FROM range(4000000) made(i)")


def test_an_import_that_outgrows_its_memory_says_so_and_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(InvalidInput, match="more memory than an import may take") as told,
        open_workspace(tmp_path / "work") as workspace,
    ):
        _outgrow(workspace.connection)
    assert "in parts" in told.value.mend
    assert not (tmp_path / "work").exists()


def test_a_disk_that_is_too_full_for_working_files_is_told_from_memory(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="The disk hasn't the room"):
        _fill(tmp_path / "work")


def _fill(folder: Path) -> None:
    with open_workspace(folder, memory_limit="20MB") as workspace:
        workspace.connection.execute("SET max_temp_directory_size = '1MB'")
        workspace.connection.execute(
            "CREATE TABLE large AS SELECT hash(i) AS a, md5(CAST(i AS VARCHAR)) AS b"
            " FROM range(2000000) made(i)"
        )


@pytest.mark.django_db
def test_a_run_that_outgrows_the_memory_is_recorded_in_our_words(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"

    def outgrow(*_: object) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block")

    monkeypatch.setattr(committing, "load_all_stored", outgrow)
    sales = "account_id,date,amount\nE,2025-01-03,10\n"
    with pytest.raises(InvalidInput, match="more memory than an import may take"):
        _taken(tmp_path / "files", {"accounts": ACCOUNTS, "purchases": sales}, dry_run=False)
    (run,) = ImportRun.objects.all()
    assert run.error.startswith("These files need more memory than an import may take.")


@given(st.lists(st.integers(-1, 12), min_size=1, max_size=12))
def test_circles_are_those_that_walking_up_finds(above: list[int]) -> None:
    parents = {id_: up if up else -1 for id_, up in enumerate(above, 1)}
    lost = lost_rows(
        np.array(list(parents), dtype=np.int64), np.array(list(parents.values()), dtype=np.int64), 3
    )
    walks = {id_: _walk(id_, parents) for id_ in parents}
    circles = {id_ for id_, walk in walks.items() if id_ in walk[1:]}
    assert set(lost.members.tolist()) == circles
    for id_, code in zip(lost.ids.tolist(), lost.codes.tolist(), strict=True):
        assert code == _code(id_, walks[id_], circles)
    for place, member in enumerate(lost.members.tolist()):
        walk = walks[member]
        ring = walk[: walk.index(member, 1) + 1][:6]
        assert [id_ for id_ in lost.circles[:, place].tolist() if id_ != -1] == ring


def _walk(id_: int, parents: dict[int, int]) -> list[int]:
    """From a row up, as far as there are rows, or round and round."""
    walk = [id_]
    while walk[-1] in parents and len(walk) < 40:
        walk.append(parents[walk[-1]])
    return walk


def _code(id_: int, walk: list[int], circles: set[int]) -> str:
    if id_ in circles:
        return "cycle"
    deep = len(walk) > 4 and walk[4] > 0 and walk[4] not in circles
    return "deep" if deep else "below"
