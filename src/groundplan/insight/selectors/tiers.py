"""Why an account has its tier."""

import json
from collections.abc import Mapping
from typing import Any

import duckdb

from groundplan.engine.layers import shard_path
from groundplan.engine.stages import run_stages
from groundplan.insight.contracts import RuleOutcome, TierExplanation
from groundplan.kernel.errors import NotFound
from groundplan.measures.tiers import CUSTOM, Characteristic
from groundplan.measures.tiers.assign import gather_facts
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import reader
from groundplan.snapshots.selectors import current

from .results import results_of
from .runs import shown_run, thresholds_of
from .tables import fetch, table

ONE_ACCOUNT = ("accounts", "account_totals", "opportunities", "products")
"""Snapshot tables that the facts of an account are read from, besides its footprint."""


def tier_explanation(viewer: Scope, account_id: int) -> TierExplanation:
    """Every characteristic of the current run, and whether the account meets it.

    Raises NotFound where the viewer may not see the account or no run has seen it.
    """
    shown, run = current(), shown_run()
    if shown is None or run is None:
        raise NotFound("There are no results yet.", mend="Import a file first.")
    if not results_of(viewer, shown).filter(account_id=account_id).exists():
        raise NotFound("There is no such account.")
    found = fetch(
        f"SELECT tier, score, met, matched FROM {table(shown.results, 'tiers')}"
        " WHERE account_id = $account",
        {"account": account_id},
    )
    tier, score, met, matched = found[0]
    rules = [Characteristic(**rule) for rule in run.parameters["characteristics"]]
    facts = _facts(shown, account_id)
    outcomes = tuple(
        RuleOutcome(
            rule.name,
            rule.attribute,
            rule.operator,
            rule.value,
            rule.weight,
            bool(matched >> place & 1),
            _actual(rule, facts),
        )
        for place, rule in enumerate(rules)
    )
    return TierExplanation(tier, score, met, thresholds_of(run), outcomes)


def _facts(shown: CurrentSnapshot, account_id: int) -> Mapping[str, Any]:
    """The facts of one account, by the same stages that the run used."""
    with reader() as cursor:
        _restrict(cursor, shown, account_id)
        run_stages(cursor, "groundplan.measures.segments", ("account_history",))
        gather_facts(cursor, as_of=shown.as_of, characteristics=())
        found = cursor.execute("SELECT * FROM account_facts")
        names = [column[0] for column in found.description or ()]
        row = found.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def _restrict(cursor: duckdb.DuckDBPyConnection, shown: CurrentSnapshot, account_id: int) -> None:
    """Views, private to this cursor, that show this account alone."""
    for name in ONE_ACCOUNT:
        where = "" if name == "products" else f" WHERE account_id = {account_id:d}"
        source = table(shown.folder, name)
        cursor.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {source}{where}")
    file = shard_path(shown.folder / "footprint", account_id, shown.shard_size)
    quoted = str(file).replace("'", "''")
    source, where = f"read_parquet('{quoted}')", f" WHERE account_id = {account_id:d}"
    if not file.exists():
        source, where = table(shown.folder, "footprint"), " LIMIT 0"
    cursor.execute(f"CREATE TEMP VIEW footprint AS SELECT * FROM {source}{where}")
    source = table(shown.results, "account_whitespace")
    cursor.execute(
        f"CREATE TEMP VIEW account_whitespace AS SELECT * FROM {source}"
        f" WHERE account_id = {account_id:d}"
    )


def _actual(rule: Characteristic, facts: Mapping[str, Any]) -> object:
    if rule.attribute.startswith(CUSTOM):
        kept = json.loads(facts.get("attributes") or "{}")
        return kept.get(rule.attribute.removeprefix(CUSTOM))
    return facts.get(rule.attribute)
