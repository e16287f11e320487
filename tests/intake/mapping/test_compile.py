"""A table mapping becomes rows that know where each of their cells stands."""

import json
from collections.abc import Sequence

import pytest
from tests.duck import empty_duckdb

from groundplan.engine.sql import quoted
from groundplan.intake.contracts import ColumnRule, Join, StagedFile, TableMapping
from groundplan.intake.mapping.compile import select_sql
from groundplan.kernel.errors import InvalidInput

Rows = Sequence[tuple[str | None, ...]]


class Staging:
    """Staged tables in memory; their first row stands on line 2."""

    def __init__(self) -> None:
        self.connection = empty_duckdb()
        self.files: dict[str, StagedFile] = {}

    def add(self, name: str, columns: tuple[str, ...], rows: Rows) -> None:
        relation = f"staged_{len(self.files)}"
        listed = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
        self.connection.execute(f"CREATE TABLE {relation} (_line BIGINT, {listed})")
        marks = ", ".join("?" * (len(columns) + 1))
        for line, row in enumerate(rows, start=2):
            self.connection.execute(f"INSERT INTO {relation} VALUES ({marks})", [line, *row])
        self.files[name] = StagedFile(name, relation, columns, len(rows))

    def select(self, mapping: TableMapping) -> list[dict[str, object]]:
        sql = select_sql(mapping, self.files, self.connection).sql
        cursor = self.connection.execute(f"SELECT * FROM ({sql}) ORDER BY _line")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture
def staging() -> Staging:
    staging = Staging()
    staging.add(
        "lines.csv",
        ("Order", "Item", "Qty", "Price"),
        [("1", "A", "2", "2,50"), ("1", "B", "x", "1,00"), ("3", "A", None, "1,00")],
    )
    staging.add("orders.csv", ("Order", "Customer", "Date"), [("1", "C1", "2025-01-01")])
    return staging


def purchases(**keys: object) -> TableMapping:
    columns = {
        "account_id": ColumnRule("Customer"),
        "date": ColumnRule("orders.csv:Date"),
        "amount": ColumnRule(compute="Qty * Price"),
        "channel": ColumnRule(value="direct"),
    }
    joins = (Join("orders.csv", {"Order": "Order"}),)
    return TableMapping("purchases", "lines.csv", columns, joins, **keys)  # type: ignore[arg-type]


def test_a_row_has_its_line_and_that_of_its_joined_row(staging: Staging) -> None:
    first, *_ = staging.select(purchases())
    assert (first["_file"], first["_line"], first["_line_1"]) == ("lines.csv", 2, 2)
    assert (first["account_id"], first["date"], first["channel"]) == ("C1", "2025-01-01", "direct")


def test_numbers_are_computed_with_the_decimal_mark_that_the_values_show(staging: Staging) -> None:
    assert staging.select(purchases())[0]["amount"] == "5"


def test_the_cell_that_keeps_an_amount_from_being_computed_is_named(staging: Staging) -> None:
    good, wrong, empty = staging.select(purchases())
    assert good["_fault_amount"] is None
    assert wrong["_fault_amount"] == {
        "file": "lines.csv",
        "line": 3,
        "heading": "Qty",
        "value": "x",
    }
    assert empty["_fault_amount"] == {
        "file": "lines.csv",
        "line": 4,
        "heading": "Qty",
        "value": None,
    }


def test_a_row_without_a_partner_is_kept_and_says_which_cell_found_none(staging: Staging) -> None:
    *_, lonely = staging.select(purchases())
    assert lonely["_unmatched"] == {
        "file": "lines.csv",
        "line": 4,
        "heading": "Order",
        "value": "3",
        "other": "orders.csv",
    }


def test_origins_name_the_file_and_its_heading(staging: Staging) -> None:
    origins = select_sql(purchases(), staging.files, staging.connection).origins
    assert (origins["date"].file, origins["date"].heading) == ("orders.csv", "Date")
    assert origins["date"].line == "_line_1"
    assert (origins["amount"].kind, origins["amount"].decimal) == ("compute", ".")
    assert origins["amount"].heading == "Qty, Price"


def test_a_joined_key_that_repeats_is_refused_with_its_lines(staging: Staging) -> None:
    staging.add("twice.csv", ("Order", "Customer", "Date"), [("1", "a", "b"), ("1", "c", "d")])
    mapping = purchases()
    joins = (Join("twice.csv", {"Order": "Order"}),)
    columns = mapping.columns | {"date": ColumnRule("Date")}
    with pytest.raises(InvalidInput, match="lines 2 and 3"):
        staging.select(TableMapping("purchases", "lines.csv", columns, joins))


def test_the_first_row_of_a_repeated_key_counts_where_that_is_asked_for(staging: Staging) -> None:
    staging.add(
        "shop.csv",
        ("Order", "Customer", "Date", "Total"),
        [("1", "a", "2025-01-01", "5"), ("1", None, None, "6")],
    )
    columns = {
        "account_id": ColumnRule("shop.csv#1:Customer"),
        "date": ColumnRule("shop.csv#1:Date"),
        "amount": ColumnRule("Total"),
    }
    joins = (Join("shop.csv", {"Order": "Order"}, first=True),)
    rows = staging.select(TableMapping("purchases", "shop.csv", columns, joins))
    assert [(row["account_id"], row["amount"]) for row in rows] == [("a", "5"), ("a", "6")]


def _by_customer(staging: Staging, key: str) -> list[object]:
    staging.add(
        "sales.csv",
        ("Customer", "Date", "Total"),
        [
            ("Acme", "2025-01-01", "5"),
            ("Acme, Ann", "2025-01-02", "6"),
            ("Birch, Bo", "2025-01-03", "7"),
        ],
    )
    columns = {
        "account_id": ColumnRule(compute="coalesce(`sales.csv#1:Customer`, Customer)"),
        "date": ColumnRule("Date"),
        "amount": ColumnRule("Total"),
    }
    joins = (Join("sales.csv", {key: "Customer"}, optional=True, first=True),)
    rows = staging.select(TableMapping("purchases", "sales.csv", columns, joins))
    return [row["account_id"] for row in rows]


def test_rows_may_meet_by_what_an_expression_tells(staging: Staging) -> None:
    assert _by_customer(staging, "split(Customer, ', ', 1)") == ["Acme", "Acme", "Birch, Bo"]


@pytest.mark.parametrize("key", ["Buyer", "split(Buyer, ', ', 1)", "concat('a', 'b')"])
def test_what_rows_meet_by_must_be_told_by_columns(staging: Staging, key: str) -> None:
    with pytest.raises(InvalidInput):
        _by_customer(staging, key)


def test_rows_that_a_rule_skips_are_left_out(staging: Staging) -> None:
    rows = staging.select(purchases(skip=("Item == 'B'", "empty(Qty)")))
    assert [row["_line"] for row in rows] == [2]


def test_distinct_keeps_the_first_row_of_each_key_and_none_without(staging: Staging) -> None:
    staging.add(
        "sales.csv",
        ("Customer", "Name", "Town"),
        [("C1", "Acme", "X"), (None, "?", "Y"), ("C1", "Acme Ltd", "Z"), ("C2", "Birch", "X")],
    )
    columns = {"account_id": ColumnRule("Customer"), "name": ColumnRule("Name")}
    mapping = TableMapping("accounts", "sales.csv", columns, distinct=True)
    assert [row["name"] for row in staging.select(mapping)] == ["Acme", "Birch"]


def test_distinct_prefers_a_row_that_has_what_its_table_requires(staging: Staging) -> None:
    rows = [("C1", None), ("C1", "Acme"), ("C2", None)]
    staging.add("sales.csv", ("Customer", "Name"), rows)
    for name in (ColumnRule("Name"), ColumnRule(compute="coalesce(Name, Customer)")):
        columns = {"account_id": ColumnRule("Customer"), "name": name}
        mapping = TableMapping("accounts", "sales.csv", columns, distinct=True)
        assert [row["_line"] for row in staging.select(mapping)] == [3, 4]


def test_columns_that_no_rule_uses_become_attributes(staging: Staging) -> None:
    staging.add("a.csv", ("Id", "Name", "Town", "Fax"), [("1", 'A "B"', "X", None)])
    columns = {"account_id": ColumnRule("Id"), "name": ColumnRule("Name")}
    (row,) = staging.select(TableMapping("accounts", "a.csv", columns))
    assert json.loads(str(row["_attributes"])) == {"Town": "X"}
    (row,) = staging.select(TableMapping("accounts", "a.csv", columns, attributes=()))
    assert row["_attributes"] == "{}"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (TableMapping("purchase", "lines.csv", {}), "purchases"),
        (TableMapping("products", "lines.csv", {"nam": ColumnRule("Item")}), "name"),
        (TableMapping("products", "lines.csv", {"name": ColumnRule("Item")}), "product_id"),
        (TableMapping("products", "nowhere.csv", {}), "lacks"),
        (
            TableMapping(
                "products", "no.csv", {"product_id": ColumnRule("a"), "name": ColumnRule("a")}
            ),
            "lines.csv",
        ),
        (
            TableMapping(
                "products",
                "lines.csv",
                {"product_id": ColumnRule("Itme"), "name": ColumnRule("Item")},
            ),
            "Did you mean Item",
        ),
        (
            TableMapping(
                "products",
                "lines.csv",
                {"product_id": ColumnRule("Item", value="x"), "name": ColumnRule("Item")},
            ),
            "one of column, compute and value",
        ),
    ],
)
def test_what_cannot_be_compiled_is_refused_with_a_way_out(
    staging: Staging, mapping: TableMapping, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        staging.select(mapping)
    assert words in str(refused.value)
