"""Files that are no export, or a trap: a clear answer each, long before memory or disk is full."""

import gzip
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from groundplan.intake.reading import bounds, staging
from groundplan.intake.reading.bounds import LONGEST_LINE
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.workspace import open_workspace
from groundplan.kernel.errors import InvalidInput

HEAD = "account_id,name,employees\n"


def refused(path: Path, tmp_path: Path) -> str:
    with open_workspace(tmp_path / "work") as workspace, pytest.raises(InvalidInput) as error:
        stage_files([path], workspace)
    return str(error.value)


def text(tmp_path: Path, content: str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_text(content, newline="")
    return path


@pytest.mark.parametrize(
    "cut", ['A1,"Acme, In', 'A1,Acme,1\nA2,"Beta', 'A1,"Two\nlines",1\nA2,"cut\nhere,2\n']
)
def test_a_file_cut_within_a_quote_says_where_it_opened(tmp_path: Path, cut: str) -> None:
    line = 2 if cut.startswith('A1,"Acme') else 4 if "Two" in cut else 3
    told = refused(text(tmp_path, HEAD + cut), tmp_path)
    assert f"a.csv: a quote opened in line {line} is not closed" in told


def test_a_quote_in_the_last_value_that_is_closed_is_fine(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD + 'A1,Acme,1\nA2,5" pipe,2\nA3,"Two\nlines ""x""","3"')
    with open_workspace(tmp_path / "work") as workspace:
        assert stage_files([path], workspace)[0].rows == 3


@pytest.mark.parametrize(
    "swallowed",
    [
        'A1,"Acme,1\nA2,Beta,2\nA3,"Gamma",3\n',
        'A1,"Acme,1\n' + "A2,Beta,2\n" * 7 + 'A9,Gamma",3\n',
    ],
    ids=["up to the next quote", "up to a quote at an end"],
)
def test_records_that_an_open_quote_takes_for_text_are_not_lost(
    tmp_path: Path, swallowed: str
) -> None:
    path = text(tmp_path, HEAD + "A0,First,0\n" + swallowed + "B1,Last,1\n")
    assert "a quote opened in line 3 is not closed" in refused(path, tmp_path)


def test_lists_and_addresses_within_cells_stay_there(tmp_path: Path) -> None:
    cells = ["Main St 1, Block 2\nSpringfield, IL, USA", "a, b, c\nd, e, f\ng, h, i", "x\n" * 30]
    lines = [f'A{n},"{cell}",{n},\n' for n, cell in enumerate(cells)]
    with open_workspace(tmp_path / "work") as workspace:
        [file] = stage_files([text(tmp_path, HEAD + "".join(lines))], workspace)
        assert file.rows == len(cells)


def _far_cell(path: Path) -> Path:
    """A workbook of a few kilobytes whose last cell is the last that a sheet can have."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["account_id", "name"])
        sheet.write_row(1, 0, ["A1", "Acme"])
        sheet.write(1_048_575, 16_383, "x")
    return path


def test_a_cell_in_the_far_corner_of_a_workbook_ends_nobody_else(tmp_path: Path) -> None:
    told = refused(_far_cell(tmp_path / "a.xlsx"), tmp_path)
    assert "a.xlsx can't be read: its cells reach further than fits in memory" in told


def test_archives_and_folders_of_too_many_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_FILES", 2)
    folder = tmp_path / "days"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "days.zip", "w") as archive:
        for day in range(3):
            text(folder, HEAD + "A1,Acme,1\n", f"{day}.csv")
            archive.writestr(f"{day}.csv", HEAD + "A1,Acme,1\n")
    assert "days holds 3 files; up to 2" in refused(folder, tmp_path)
    assert "days.zip holds 3 files; up to 2" in refused(tmp_path / "days.zip", tmp_path)


def test_a_line_that_never_ends_is_refused_with_its_number(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD + "A1,Acme,1\nA2," + "x" * (LONGEST_LINE + (2 << 20)) + ",1\n")
    assert "line 3 is longer than 4 MB" in refused(path, tmp_path)


def test_long_lines_below_the_limit_are_read(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD + "A1," + "x" * 900_000 + ",1\n")
    with open_workspace(tmp_path / "work") as workspace:
        assert stage_files([path], workspace)[0].rows == 1


def test_a_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    head = ",".join(f"column {number}" for number in range(100_000))
    told = refused(text(tmp_path, head + "\n" + "1," * 99_999 + "1\n"), tmp_path)
    assert "100,000 columns; up to 1,000 are read" in told


def test_what_unpacks_to_far_more_than_it_is_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "SMALL", 1 << 20)
    content = HEAD.encode() + b"A1,Acme,1\n" * 900_000
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(content))
    assert "a.csv.gz unpacks to over 200 times its size" in refused(packed, tmp_path)
    archive = tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("b.csv", content)
    assert "b.csv unpacks to over 200 times its size" in refused(archive, tmp_path)
    ordinary = tmp_path / "c.csv.gz"
    rows = "".join(f"A{n},Name of {n * 7919},{n}\n" for n in range(90_000))
    ordinary.write_bytes(gzip.compress((HEAD + rows).encode()))
    with open_workspace(tmp_path / "work2") as workspace:
        assert stage_files([ordinary], workspace)[0].rows == 90_000


def test_null_bytes_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEAD.encode() + b"A1,Acme,1\nA2,Be\0ta,2\nA3,Gamma,3\n")
    assert "a.csv: line 3 holds null bytes" in refused(path, tmp_path)


def test_a_link_that_leads_out_of_its_folder_is_not_followed(tmp_path: Path) -> None:
    secret = text(tmp_path, HEAD + "S1,Secret,1\n", "secret.csv")
    folder = tmp_path / "given"
    folder.mkdir()
    text(folder, HEAD + "A1,Acme,1\n")
    (folder / "link.csv").symlink_to(secret)
    (folder / "inside.csv").symlink_to(folder / "a.csv")
    with open_workspace(tmp_path / "work") as workspace:
        names = [file.name for file in stage_files([folder], workspace)]
    assert names == ["a.csv", "inside.csv"]


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path, name: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(staging, "kind_of", forbidden)
    told = refused(text(tmp_path, HEAD + "A1,Acme,1\n"), tmp_path)
    assert "a.csv can't be read (Permission denied)" in told
