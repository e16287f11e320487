"""What other characteristics and thresholds would make of every account, before anybody keeps them.

A trial reads the facts that a run kept, so that it answers while somebody is still typing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from groundplan.engine.stages import run_stage, run_stages

from .assign import telling_defaults, want_owned
from .conditions import compiled, match_sql
from .contracts import Basis, Characteristic, Thresholds
from .defaults import default_thresholds


@dataclass(frozen=True, slots=True)
class Limits:
    """How thresholds are asked for: as sums, as shares of the accounts (A's, and A's and B's
    together), or, where all are None, as they follow from the characteristics."""

    by: Basis = "score"
    a_from: float | None = None
    b_from: float | None = None
    a_share: float | None = None
    ab_share: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried. `met` counts accounts by characteristic, `moved` by tier now and then.

    Accounts that a person decided on are left out of `moved` and counted in `decided`.
    """

    characteristics: tuple[Characteristic, ...]
    thresholds: Thresholds
    met: tuple[int, ...]
    moved: Mapping[tuple[str, str], int]
    decided: int


def try_tiers(
    connection: duckdb.DuckDBPyConnection,
    *,
    characteristics: Sequence[Characteristic],
    limits: Limits,
    as_of: date,
) -> Trial:
    """Leave `trial_moves` behind: account_id, was, becomes, score, matched, met, decided.

    Reads `kept_facts` (account_facts of the run), `products`, `footprint`, `tiers_now`
    (account_id, tier) and `decided_accounts` (account_id). Without characteristics the default set
    is tried. Raises InvalidInput for a characteristic that makes no sense.
    """
    _facts(connection, characteristics)
    rules = tuple(characteristics) or telling_defaults(connection)
    _match(connection, rules, as_of)
    # Accounts with equal sums go the same way: the rest is told from these few groups.
    groups = connection.execute(
        "SELECT was, decided, score, met, COUNT(*) FROM trial_matches GROUP BY ALL"
    ).fetchall()
    sums, moved = Counter[float](), Counter[tuple[str, str]]()
    for _was, _decided, score, met, n in groups:
        sums[float(met if limits.by == "count" else score)] += n
    thresholds = thresholds_for(limits, [rule.weight for rule in rules], sums)
    for was, decided, score, met, n in groups:
        if not decided:
            moved[was, thresholds.tier(score, met)] += n
    _leave_moves(connection, thresholds)
    decided = sum(n for _was, decided, _score, _met, n in groups if decided)
    return Trial(rules, thresholds, _met(connection, len(rules)), moved, decided)


def thresholds_for(
    limits: Limits, weights: Sequence[float], sums: Mapping[float, int]
) -> Thresholds:
    """The thresholds asked for; `sums` counts accounts by what they reach."""
    given = default_thresholds(weights, sums, limits.by)
    a_from = given.a_from if limits.a_from is None else limits.a_from
    b_from = given.b_from if limits.b_from is None else limits.b_from
    if limits.a_share is not None:
        a_from = from_share(limits.a_share, sums)
    if limits.ab_share is not None:
        b_from = min(from_share(limits.ab_share, sums), a_from)
    return Thresholds(a_from, b_from, limits.by)


def from_share(share: float, sums: Mapping[float, int]) -> float:
    """The sum that nearest to `share` of the accounts reach; between two as near, the higher.

    Accounts with equal sums stay together, so that the share is seldom met exactly.
    """
    total, seen = sum(sums.values()), 0
    best, distance = (max(sums) + 1 if sums else 0.0), share
    for value in sorted(sums, reverse=True):
        seen += sums[value]
        if abs(seen / total - share) < distance:
            best, distance = value, abs(seen / total - share)
    return best


def _facts(
    connection: duckdb.DuckDBPyConnection, characteristics: Sequence[Characteristic]
) -> None:
    """The kept facts with the bits of what these characteristics want owned."""
    wanted = compiled(characteristics)
    bits, owned = "CAST(0 AS BIGINT)", ""
    if wanted.owned:
        want_owned(connection, wanted)
        run_stages(connection, __package__, ("owned_bits",))
        bits = "COALESCE(b.bits, CAST(0 AS BIGINT))"
        owned = " LEFT JOIN owned_bits AS b ON b.account_id = k.account_id"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW account_facts AS SELECT k.*, {bits} AS owned_bits"
        f" FROM kept_facts AS k{owned}"
    )


def _match(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Characteristic], as_of: date
) -> None:
    """Leave `trial_matches` behind: what each account meets, its tier in force, and whether a
    person decided on it."""
    conditions = compiled(rules)
    select = (
        "SELECT m.*, COALESCE(n.tier, '') AS was, d.account_id IS NOT NULL AS decided"
        f" FROM ({match_sql(conditions, rules)}) AS m"
        " LEFT JOIN tiers_now AS n ON n.account_id = m.account_id"
        " LEFT JOIN decided_accounts AS d ON d.account_id = m.account_id"
    )
    run_stage(connection, "trial_matches", select, conditions.parameters | {"as_of": as_of})


def _leave_moves(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """A view, since of most accounts nobody asks for more than how many they are."""
    reached = "met" if thresholds.by == "count" else "score"
    tier = " ".join(
        f"WHEN {reached} >= CAST({float(limit)!r} AS DOUBLE) THEN '{name}'"
        for name, limit in (("A", thresholds.a_from), ("B", thresholds.b_from))
    )
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW trial_moves AS SELECT account_id, was,"
        f" CASE {tier} ELSE 'C' END AS becomes, score, matched, met, decided FROM trial_matches"
    )


def _met(connection: duckdb.DuckDBPyConnection, rules: int) -> tuple[int, ...]:
    if not rules:
        return ()
    counts = ", ".join(f"COUNT(*) FILTER ((matched >> {bit}) & 1 = 1)" for bit in range(rules))
    row: tuple[int, ...] = (
        connection.execute(f"SELECT {counts} FROM trial_matches").fetchone() or ()
    )
    return row
