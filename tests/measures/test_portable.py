"""Every stage is plain enough SQL to run on another engine."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

import groundplan.insight.running
import groundplan.measures
from groundplan.measures.segments import ATTRIBUTES, Candidate
from groundplan.measures.segments.labels import coverage_sql, labels_sql
from groundplan.measures.tiers import Characteristic
from groundplan.measures.tiers.conditions import compiled, match_sql

FOLDERS = [
    Path(next(iter(room.__path__))) for room in (groundplan.measures, groundplan.insight.running)
]
STAGES = sorted(path for folder in FOLDERS for path in folder.rglob("*.sql"))


def assert_portable(text: str) -> None:
    (spark,) = sqlglot.transpile(
        text, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert isinstance(sqlglot.parse_one(spark, read="spark"), exp.Query)


@pytest.mark.parametrize("path", STAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_stage_is_one_select_that_spark_could_read(path: Path) -> None:
    assert_portable(path.read_text(encoding="utf-8"))


def test_what_candidates_call_their_groups_is_portable_too() -> None:
    candidates = [Candidate(()), Candidate(("industry",)), Candidate(("industry", "spend"))]
    assert_portable(labels_sql(candidates, "accounts"))
    assert_portable(coverage_sql(ATTRIBUTES, "accounts"))


def test_compiled_characteristics_are_portable_too() -> None:
    rules = [
        Characteristic("a", "industry", "in", ["Food"]),
        Characteristic("b", "attributes.fleet size", "at_least", 3),
        Characteristic("c", "industry", "contains", "oo"),
        Characteristic("d", "products", "owns_category", ["Hardware"]),
        Characteristic("e", "is_customer", "is_true"),
        Characteristic("f", "attributes.Renewal", "in_next_days", 90),
    ]
    assert_portable(match_sql(compiled(rules), rules))
