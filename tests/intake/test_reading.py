"""Files as they come: encodings, delimiters, quotes, headers, and what is no table."""

import gzip
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

import duckdb
import pytest
import xlsxwriter

from groundplan.intake.contracts import StagedFile
from groundplan.intake.reading import stage_files
from groundplan.intake.workspace import Workspace, open_workspace
from groundplan.kernel.errors import InvalidInput


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "work") as opened:
        yield opened


def staged(workspace: Workspace, content: bytes, name: str = "accounts.csv") -> StagedFile:
    path = workspace.folder.parent / name
    path.write_bytes(content)
    return stage_files([path], workspace)[0]


def rows(workspace: Workspace, file: StagedFile) -> list[tuple[object, ...]]:
    return workspace.connection.execute(f"FROM {file.relation} ORDER BY _line").fetchall()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_usual_delimiters_are_found(workspace: Workspace, delimiter: str) -> None:
    lines = ["id,name,city", "1,Acme,Rome", "2,Börse,Paris"]
    text = "\n".join(line.replace(",", delimiter) for line in lines)
    file = staged(workspace, text.encode())
    assert file.columns == ("id", "name", "city")
    assert rows(workspace, file) == [(2, "1", "Acme", "Rome"), (3, "2", "Börse", "Paris")]


def test_signs_of_euros_are_no_letters_of_another_encoding(workspace: Workspace) -> None:
    lines = "".join(f"Bäcker {n};{n}99,50 €;{n}12,40 €\n" for n in range(1, 9))
    file = staged(workspace, f"Firma;Preis;Summe\n{lines}".encode("cp1252"))
    assert rows(workspace, file)[0][1:] == ("Bäcker 1", "199,50 €", "112,40 €")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Müller & Söhne, Café"),
        ("utf-8-sig", "Müller & Söhne, Café"),
        ("utf-16", "Müller & Söhne, Café"),
        ("utf-16-le", "Müller & Söhne, Café"),
        ("cp1252", "Müller & Söhne, Café – “Größe” 5 €"),
        ("latin-1", "Müller & Söhne, Café"),
        ("cp1250", "Zażółć gęślą jaźń, Łódź, Świętokrzyska"),
        ("mac_roman", "Müller & Söhne, Café Größe"),
        ("cp1251", "Общество Ромашка, Москва, улица Ленина, дом"),
        ("shift_jis", "株式会社日本製鋼所、東京都品川区大崎"),
    ],
)
def test_text_in_the_usual_encodings_is_read(
    workspace: Workspace, encoding: str, text: str
) -> None:
    file = staged(workspace, f"id;name\n1;{text}\n2;plain\n".encode(encoding))
    assert rows(workspace, file)[0] == (2, "1", text)


def test_a_record_has_the_line_on_which_it_starts(workspace: Workspace) -> None:
    text = 'id,note\r\n1,"two\r\nlines"\r\n2,plain\r\n\r\n3,after a blank one\r\n'
    file = staged(workspace, text.encode())
    assert [row[0] for row in rows(workspace, file)] == [2, 4, 6]


def test_lines_stay_right_where_every_cell_is_quoted(workspace: Workspace) -> None:
    text = '"id","note"\n"1","say ""hi"""\n"2","x,y"\n'
    file = staged(workspace, text.encode())
    assert rows(workspace, file) == [(2, "1", 'say "hi"'), (3, "2", "x,y")]


def test_both_readers_stage_the_same(workspace: Workspace, tmp_path: Path) -> None:
    lines = [f"{n}, name {n} ,{n / 2}" for n in range(500)]
    plain = staged(workspace, "\n".join(["id,name,half", *lines]).encode(), "plain.csv")
    slow = staged(workspace, "\n".join(["id,name,half", *lines, "", '"x\ny",,']).encode(), "s.csv")
    assert rows(workspace, slow)[:-1] == rows(workspace, plain)
    assert rows(workspace, plain)[0] == (2, "0", "name 0", "0.0")


def test_records_with_more_or_fewer_cells_are_set_aside(workspace: Workspace) -> None:
    file = staged(workspace, b"id,name\n1,Acme\n2\n3,a,b\n4,ok,\n")
    assert [row[1] for row in rows(workspace, file)] == ["1", "4"]
    found = workspace.connection.execute("SELECT line, cells, expected FROM ragged").fetchall()
    assert found == [(3, 1, 2), (4, 3, 2)]


def test_excels_separator_line_is_understood(workspace: Workspace) -> None:
    file = staged(workspace, b"sep=;\nid;name\n1;Acme, Inc\n")
    assert rows(workspace, file) == [(3, "1", "Acme, Inc")]


def test_titles_above_the_header_are_passed_over(workspace: Workspace) -> None:
    text = "Sales by account,,\n\nid,name,amount\n1,Acme,5\n2,Beta,6\n"
    file = staged(workspace, text.encode())
    assert file.columns == ("id", "name", "amount")
    assert rows(workspace, file)[0][0] == 4


def test_headings_are_made_unique_and_never_empty(workspace: Workspace) -> None:
    file = staged(workspace, b"id,,Name,name,\n1,a,b,c,\n")
    assert file.columns == ("id", "column 2", "Name", "name 2")


def test_empty_cells_are_nothing(workspace: Workspace) -> None:
    file = staged(workspace, "id,name,x\n1,  ,NULL\n2,\u00a0a\u00a0,#N/A\n".encode())
    assert rows(workspace, file) == [(2, "1", None, None), (3, "2", "a", None)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe\n\0", "empty"),
        ("id,name\n1,Acme\n".encode("utf-16")[:-1], "ends in the middle of a letter"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b'{"a": 1}', "JSON"),
        (bytes(range(256)) * 8, "binary"),
        (b"id,name\n" + b"1,Acme\n" * 99 + b"2,a\0b\n", "null bytes"),
        (b"id,name\n1,A\0me\n", "line 2 holds null bytes"),
        (b"id,name\n1,Acme\n" + bytes(3000), "line 3 holds null bytes"),
        (b"1,2024-01-01,5\n2,2024-01-02,6\n", "no header"),
        (b'id,name\n1,"open\n' + b"x,y\n" * 3000, "not closed"),
        (b"id,name\n", "no row"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(
    workspace: Workspace, content: bytes, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        staged(workspace, content)


def test_half_a_letter_of_utf_16_costs_no_more_than_itself(workspace: Workspace) -> None:
    text = "id,name\n1,Acme\n2,".encode("utf-16") + b"\x3d\xd8x\0\n\0"
    assert rows(workspace, staged(workspace, text)) == [(2, "1", "Acme"), (3, "2", "\ufffdx")]


@pytest.mark.parametrize("note", ["", "two\nlines"], ids=["plain", "with line breaks"])
def test_text_kept_from_spreadsheets_is_the_text(workspace: Workspace, note: str) -> None:
    text = f'id,code,note\n="007","=""1,5""","{note}"\n="",=1+1,x\n'
    found = rows(workspace, staged(workspace, text.encode()))
    assert [row[1:3] for row in found] == [("007", "1,5"), ('=""', "=1+1")]


@pytest.mark.parametrize("note", ["", "two\nlines"], ids=["plain", "with line breaks"])
@pytest.mark.parametrize("word", ["Zürich", "Ångström", "ガス", "한국"])
def test_letters_written_as_two_signs_are_those_written_as_one(
    workspace: Workspace, word: str, note: str
) -> None:
    text = f'id,name,note\n1,{normalize("NFD", word)},"{note}"\n2,{word},\n'
    found = rows(workspace, staged(workspace, text.encode()))
    assert [row[2] for row in found] == [word, word]


def test_gzip_and_zip_are_unpacked(workspace: Workspace, tmp_path: Path) -> None:
    file = staged(workspace, gzip.compress(b"id,name\n1,Acme\n"), "accounts.csv.gz")
    assert (file.name, file.rows) == ("accounts.csv.gz", 1)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("export/a.csv", "id,name\n1,Acme\n")
        archive.writestr("export/b.csv", "id,name\n1,Acme\n2,Beta\n")
    files = stage_files([tmp_path / "all.zip"], workspace)
    assert [(file.name, file.rows) for file in files] == [("a.csv", 1), ("b.csv", 2)]


def test_a_damaged_gzip_is_refused(workspace: Workspace) -> None:
    packed = gzip.compress(b"id,name\n" + b"1,Acme\n" * 5000)
    with pytest.raises(InvalidInput, match="damaged"):
        staged(workspace, packed[: len(packed) // 2], "accounts.csv.gz")


def test_each_sheet_of_a_workbook_is_a_file(workspace: Workspace, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    for name in ("Accounts", "Orders"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["id", "name", "amount", "on"])
        sheet.write_row(1, 0, [7, name, 1.5])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, 3, datetime(2024, 2, 29), day)
    book.add_worksheet("Empty")
    book.close()
    files = stage_files([tmp_path / "book.xlsx"], workspace)
    assert [file.name for file in files] == ["book.xlsx#Accounts", "book.xlsx#Orders"]
    assert rows(workspace, files[0])[0] == (2, "7", "Accounts", "1.5", "2024-02-29")


def test_parquet_becomes_text(workspace: Workspace, tmp_path: Path) -> None:
    duckdb.connect().execute(
        "COPY (SELECT 1.0::DOUBLE AS id, DATE '2024-01-31' AS day, 12.50::DECIMAL(9,2) AS amount,"
        " true AS yes, NULL::VARCHAR AS nothing)"
        f" TO '{tmp_path / 'p.parquet'}' (FORMAT parquet)"
    )
    file = stage_files([tmp_path / "p.parquet"], workspace)[0]
    assert rows(workspace, file) == [(1, "1", "2024-01-31", "12.50", "true", None)]


def test_a_folder_is_read_whole_without_what_is_no_table(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.csv").write_text("id,name\n1,Acme\n")
    (folder / "README.md").write_text("# hello")
    (folder / ".hidden.csv").write_text("x")
    assert [file.name for file in stage_files([folder], workspace)] == ["a.csv"]


def test_blanks_between_delimiters_and_quotes_are_no_part_of_names(workspace: Workspace) -> None:
    text = '"id", "name, short", "city"\n"1","Acme, Inc.","Rome"\n"2", "Börse, AG", "Paris"\n'
    file = staged(workspace, text.encode())
    assert file.columns == ("id", "name, short", "city")
    assert rows(workspace, file)[1] == (3, "2", "Börse, AG", "Paris")


def test_what_a_reference_says_of_its_kind_is_no_part_of_the_name(workspace: Workspace) -> None:
    text = "id,related to,path\n1,Accounts::::Elm Foods,std::sort\n2,,Rome\n"
    file = staged(workspace, f"{text}3,Contacts::::Anna Dawson,Paris\n".encode())
    assert [row[2] for row in rows(workspace, file)] == ["Elm Foods", None, "Anna Dawson"]
    assert [row[3] for row in rows(workspace, file)] == ["std::sort", "Rome", "Paris"]
