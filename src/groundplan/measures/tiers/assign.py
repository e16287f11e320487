"""Gives every account its score, the characteristics it meets and its tier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from groundplan.engine.stages import run_stage, run_stages

from .conditions import Compiled, compiled, match_sql
from .contracts import Basis, Characteristic, Thresholds
from .defaults import FEWEST, MOST, default_characteristics, default_thresholds


@dataclass(frozen=True, slots=True)
class Tiering:
    """What tiers were assigned by. `is_default` tells that nobody has set characteristics yet."""

    characteristics: tuple[Characteristic, ...]
    thresholds: Thresholds
    is_default: bool


def assign_tiers(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_of: date,
    characteristics: Sequence[Characteristic],
    by: Basis = "score",
    a_from: float | None = None,
    b_from: float | None = None,
) -> Tiering:
    """Leave `account_tiers` behind: score, matched (bit i: characteristic i), met, tier.

    Reads `accounts`, `products`, `footprint`, `opportunities`, `account_history` and
    `account_whitespace`. Without characteristics a default set is built from the facts; a
    threshold that is None gets its default.
    """
    rules = tuple(characteristics)
    if rules:
        gather_facts(connection, as_of=as_of, characteristics=rules)
    else:
        gather_facts(connection, as_of=as_of, characteristics=())
        rules = telling_defaults(connection)
    match(connection, rules, as_of)
    weights = [rule.weight for rule in rules]
    given = default_thresholds(weights, reached(connection, by), by)
    thresholds = Thresholds(
        given.a_from if a_from is None else a_from,
        given.b_from if b_from is None else b_from,
        by,
    )
    split(connection, thresholds)
    return Tiering(rules, thresholds, is_default=not characteristics)


def gather_facts(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_of: date,
    characteristics: Sequence[Characteristic],
) -> None:
    """Leave `account_facts` behind: what the characteristics are asked of, one row an account."""
    want_owned(connection, compiled(characteristics))
    run_stages(connection, __package__, ("owned_bits", "account_facts"), {"as_of": as_of})


def telling_defaults(connection: duckdb.DuckDBPyConnection) -> tuple[Characteristic, ...]:
    """The default rules that tell accounts apart, from `account_facts`."""
    run_stages(connection, __package__, ("fact_spread",))
    cursor = connection.execute("SELECT * FROM fact_spread")
    names = [column[0] for column in cursor.description or ()]
    row: tuple[Any, ...] = cursor.fetchone() or ()
    offered = default_characteristics(dict(zip(names, row, strict=True)))
    if not offered:
        return ()
    conditions = compiled(offered)
    shares = ", ".join(
        f"AVG(CASE WHEN {condition} THEN 1.0 ELSE 0.0 END)" for condition in conditions.conditions
    )
    found = connection.execute(
        f"SELECT {shares} FROM account_facts AS f", conditions.parameters
    ).fetchone()
    met = found or ()
    return tuple(
        rule for rule, share in zip(offered, met, strict=True) if FEWEST <= (share or 0) <= MOST
    )


def match(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Characteristic], as_of: date
) -> None:
    """Leave `account_matches` behind: which rules each row of `account_facts` meets."""
    conditions = compiled(rules)
    given = conditions.parameters | {"as_of": as_of}
    run_stage(connection, "account_matches", match_sql(conditions, rules), given)


def reached(connection: duckdb.DuckDBPyConnection, by: Basis) -> dict[float, int]:
    """How many accounts have each sum, by score or by count."""
    column = "met" if by == "count" else "score"
    rows = connection.execute(
        f"SELECT CAST({column} AS DOUBLE), COUNT(*) FROM account_matches GROUP BY 1"
    ).fetchall()
    return dict(rows)


def split(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """Leave `account_tiers` behind: the matches with the tier that the thresholds give."""
    limits = {
        "a_from": thresholds.a_from,
        "b_from": thresholds.b_from,
        "by_count": thresholds.by == "count",
    }
    run_stages(connection, __package__, ("account_tiers",), limits)


def want_owned(connection: duckdb.DuckDBPyConnection, rules: Compiled) -> None:
    """Leave `ownership_wanted` behind: the products that each bit of the rules asks for."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ownership_wanted (bit BIGINT, product_id BIGINT)"
    )
    for bit, (operator, values) in rules.owned.items():
        column = "CAST(product_id AS VARCHAR)" if operator == "owns_product" else "category"
        connection.execute(
            f"INSERT INTO ownership_wanted SELECT $bit, product_id FROM products"
            f" WHERE {column} IN (SELECT UNNEST($values))",
            {"bit": bit, "values": [str(value) for value in values]},
        )
