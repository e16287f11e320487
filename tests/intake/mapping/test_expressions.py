"""The language of mappings computes over columns and reaches nothing else."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.cells import Reach
from groundplan.intake.mapping.expressions import compile_expression
from groundplan.kernel.errors import InvalidInput

FILE = StagedFile("lines.csv", "lines", ("Price", "Qty", "Unit Price", "Name", "Empty", "Flag"), 1)
ROW = ("1.50", "4", "1,234.5", "Acme, Ltd", None, "yes")


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield filled(connection)


def filled(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    columns = ", ".join(f'"{name}" VARCHAR' for name in FILE.columns)
    connection.execute(f"CREATE TABLE lines (_line BIGINT, {columns})")
    connection.execute("INSERT INTO lines VALUES (2, ?, ?, ?, ?, ?, ?)", ROW)
    return connection


def value(connection: duckdb.DuckDBPyConnection, text: str) -> object:
    sql = compile_expression(text, Reach([FILE]), lambda _: ".").sql
    row = connection.execute(f"SELECT {sql} FROM lines f0").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Price * Qty", "6"),
        ("Price * Qty * (1 - 0.25)", "4.5"),
        ("`Unit Price` + 1", "1235.5"),
        ("-Price", "-1.5"),
        ("Price / 0", None),
        ("Price + Empty", None),
        ("Price + coalesce(number(Empty), 0)", "1.5"),
        ("number('35 %')", "0.35"),
        ("number('(1,000.50)')", "-1000.5"),
        ("number('EUR 12')", "12"),
        ("number('12 apples')", None),
        ("round(`Unit Price` / 7, 2)", "176.36"),
        ("abs(0 - Qty)", "4"),
        ("lower(Name)", "acme, ltd"),
        ("upper('é')", "É"),
        ("trim('  a ')", "a"),
        ("concat(Name, ' / ', Empty, Qty)", "Acme, Ltd / 4"),
        ("replace(Name, ', ', ' ')", "Acme Ltd"),
        ("substring(Name, 1, 4)", "Acme"),
        ("split(Name, ',', 2)", "Ltd"),
        ("split(Name, ',', 9)", None),
        ("length(Qty)", "1"),
        ("if(Qty > 3, 'many', 'few')", "many"),
        ("if(empty(Empty), 'nothing', Empty)", "nothing"),
        ("IF(Flag, 1, 2)", "1"),
        ("coalesce(Empty, Name)", "Acme, Ltd"),
        ("Qty = 4 AND NOT Empty <> ''", "true"),
        ("Name in ('Acme, Ltd', 'Birch')", "true"),
        ("Name not in ('Birch')", "true"),
        ("contains(Name, 'LTD')", "true"),
        ("starts_with(Name, 'ltd')", "false"),
        ("Empty == ''", "true"),
        ("price * qty", "6"),
        ("'it''s' == Name", "false"),
    ],
)
def test_an_expression_computes(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str | None
) -> None:
    assert value(connection, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "read_csv('/etc/passwd')",
        "read_text(Name)",
        "getenv('HOME')",
        "__import__('os')",
        "Name.upper()",
        "Name[0]",
        "lambda: 1",
        "[x for x in Name]",
        "(1 for _ in Name)",
        "f'{Name}'",
        "Price ** 99",
        "Price // 2",
        "1 if Name else 2",
        "Price; DROP TABLE lines",
        "(SELECT 1)",
        "concat(*Name)",
        "round(Price, digits=2)",
        "Nowhere",
        "`Nowhere`",
        "Price +",
        "'open",
        "`open",
        "1e999",
        "10 ** 400",
        "b'x' == Name",
        "1 < Price < 3",
        "lower()",
        "lower(Name, Name)",
        "replace(Name, Qty, Name)",
        "replace(Name, '', 'x')",
        "'\x00'",
        "",
        "(" * 300 + "1" + ")" * 300,
        "-" * 900 + "1",
        "not " * 200 + "1",
        "1" + " + 1" * 200,
        "Price + 1" + " " * 1000,
    ],
)
def test_anything_outside_the_language_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        compile_expression(text, Reach([FILE]), lambda _: ".")
    assert refused.value.mend


OUTSIDE = [
    name.lower()
    for (name,) in duckdb.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions()"
    ).fetchall()
    if name.startswith(("read", "glob", "getenv", "copy", "load", "scan", "query", "current"))
]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_written_is_compiled_or_refused(text: str) -> None:
    try:
        expression = compile_expression(text, Reach([FILE]), lambda _: ".")
    except InvalidInput:
        return
    assert not any(f"{name}(" in expression.sql.lower() for name in OUTSIDE)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_text_is_only_ever_a_text(text: str) -> None:
    """Whatever stands in quotes comes back as it was written, SQL in it or not."""
    if "\0" in text:
        return
    sql = compile_expression(repr(text), Reach([FILE]), lambda _: ".").sql
    assert duckdb.execute(f"SELECT {sql}").fetchone() == (text,)


def test_a_misspelt_column_is_answered_with_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="Unit Price"):
        compile_expression("`Unit Prise` * 2", Reach([FILE]), lambda _: ".")


def test_the_cells_that_are_read_are_named_in_order() -> None:
    expression = compile_expression("Qty * Price + Qty", Reach([FILE]), lambda _: ".")
    assert [cell.heading for cell in expression.cells] == ["Qty", "Price"]
