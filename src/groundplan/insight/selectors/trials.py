"""What a set of characteristics that nobody has kept yet would make of everybody's tiers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import duckdb

from groundplan.book.selectors import visible_accounts
from groundplan.book.selectors.naming import product_names
from groundplan.engine.stages import run_stages
from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.tier_overrides import overrides_that_hold
from groundplan.measures.tiers import Characteristic, Limits, Trial, try_tiers
from groundplan.measures.tiers.assign import gather_facts
from groundplan.organisation.selectors import today
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.opening import reader
from groundplan.snapshots.selectors import current

from .results import visible_ids
from .tables import table

NAMED = 20
_AT_ONCE = 2000
STATED = (
    "industry, region, country, segment, employees, annual_revenue, is_customer, contacts,"
    " attributes"
)
"""What the snapshot says of an account itself; the rest is counted by the run."""
_JUMP = "ABS(ASCII(was) - ASCII(becomes))"


@dataclass(frozen=True, slots=True)
class Mover:
    """An account whose tier would change."""

    uid: UUID
    name: str
    was: str
    becomes: str
    score: float
    met: int


@dataclass(frozen=True, slots=True)
class TierTrial:
    """A trial, the first movers by how far they move, and how many there are."""

    trial: Trial
    movers: tuple[Mover, ...]
    moving: int


def rules_of(rows: Sequence[CharacteristicRow]) -> tuple[Characteristic, ...]:
    """The active ones as measures take them: products by number, not by address."""
    names = any(row.operator == "owns_product" for row in rows) and product_names().values()
    numbers = {str(one.uid): one.product_id for one in names or ()}
    return tuple(
        Characteristic(
            row.name, row.attribute, row.operator, _measured(row, numbers), float(row.weight)
        )
        for row in rows
        if row.active
    )


def tier_trial(
    viewer: Scope, rows: Sequence[CharacteristicRow], limits: Limits
) -> TierTrial | None:
    """Try characteristics on the facts of the current results; None before the first analysis.

    Counts are of the accounts that the viewer may see. Raises InvalidInput for a characteristic
    that makes no sense.
    """
    shown = current()
    if shown is None:
        return None
    with reader() as cursor:
        trial = _tried(cursor, viewer, shown, rows, limits)
        first = cursor.execute(f"{_moves()} LIMIT {NAMED}").fetchall()
    moving = sum(n for (was, becomes), n in trial.moved.items() if was != becomes)
    return TierTrial(trial, tuple(_named(viewer, first)), moving)


def tier_movers(
    viewer: Scope, rows: Sequence[CharacteristicRow], limits: Limits
) -> Iterator[Mover]:
    """Every account that would move, those that move furthest first."""
    shown = current()
    if shown is None:
        return
    with reader() as cursor:
        _tried(cursor, viewer, shown, rows, limits)
        cursor.execute(_moves())
        while found := cursor.fetchmany(_AT_ONCE):
            yield from _named(viewer, found)


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """Accounts of a trial: those of these tiers now and then, those that move, those that meet a
    characteristic (its place), or those whose tier a person set."""

    was: str | None = None
    becomes: str | None = None
    moving: bool = False
    met: int | None = None
    decided: bool = False


TrialRow = tuple[int, str, str, float, int]


def trial_group(
    viewer: Scope, rows: Sequence[CharacteristicRow], limits: Limits, group: TrialGroup,
    *, start: int = 0, size: int = 0,
) -> tuple[int, list[TrialRow]]:  # fmt: skip
    """How many accounts a group has, and `size` of them as (account_id, was, becomes, score, met).

    Of the accounts that the viewer may see. Raises as `tier_trial` does; no accounts before the
    first analysis.
    """
    shown = current()
    if shown is None:
        return 0, []
    where, given = _where(group)
    with reader() as cursor:
        _tried(cursor, viewer, shown, rows, limits)
        count = cursor.execute(f"SELECT count(*) FROM trial_moves WHERE {where}", given).fetchone()
        found = cursor.execute(
            f"SELECT account_id, was, becomes, score, met FROM trial_moves WHERE {where}"
            " ORDER BY score DESC, account_id LIMIT $size OFFSET $start",
            given | {"size": size, "start": start},
        ).fetchall()
    return int(count[0]) if count else 0, found


def _where(group: TrialGroup) -> tuple[str, dict[str, object]]:
    """The group as a condition over `trial_moves` with its parameters."""
    if group.met is not None:
        return "(matched >> $bit) & 1 = 1", {"bit": group.met}
    parts, given = ["decided" if group.decided else "NOT decided"], dict[str, object]()
    for name in ("was", "becomes"):
        tier = getattr(group, name)
        if tier is not None:
            parts.append(f"{name} = ${name}")
            given[name] = tier
    if group.moving:
        parts.append("was <> becomes")
    return " AND ".join(parts), given


def _tried(
    cursor: duckdb.DuckDBPyConnection,
    viewer: Scope,
    shown: CurrentSnapshot,
    rows: Sequence[CharacteristicRow],
    limits: Limits,
) -> Trial:
    rules = rules_of(rows)
    _open(cursor, viewer, shown, owned=any(rule.attribute == "products" for rule in rules))
    return try_tiers(cursor, characteristics=rules, limits=limits, as_of=shown.as_of)


def _open(
    cursor: duckdb.DuckDBPyConnection, viewer: Scope, shown: CurrentSnapshot, *, owned: bool
) -> None:
    """Views, private to this cursor, of what a trial reads; `owned` if it asks for products."""
    visible, seen = visible_ids(viewer), ""
    if visible is not None:
        _ids(cursor, "visible_accounts", visible)
        seen = " WHERE a.account_id IN (FROM visible_accounts)"
    decided = overrides_that_hold(today()).values_list("account_id", flat=True)
    _ids(cursor, "decided_accounts", list(decided))
    # Making a view reads the file's schema: only those that will be asked.
    names = ["accounts", *(["footprint"] if owned or not _has_facts(shown) else [])]
    _views(cursor, shown, names)
    tiers = table(shown.results, "tiers")
    cursor.execute(f"CREATE TEMP VIEW tiers_now AS SELECT account_id, tier FROM {tiers}")
    facts = _facts(cursor, shown)
    if owned:
        _count_no_core(cursor, shown)
    cursor.execute(
        f"CREATE TEMP VIEW kept_facts AS SELECT {STATED}, f.* FROM accounts AS a"
        f" INNER JOIN {facts} AS f ON f.account_id = a.account_id{seen}"
    )


def _views(cursor: duckdb.DuckDBPyConnection, shown: CurrentSnapshot, names: Sequence[str]) -> None:
    for name in names:
        cursor.execute(f"CREATE TEMP VIEW {name} AS FROM {table(shown.folder, name)}")


def _has_facts(shown: CurrentSnapshot) -> bool:
    """Whether the run kept its facts; results of an earlier version kept none."""
    return (shown.results / "account_facts.parquet").exists()


def _count_no_core(cursor: duckdb.DuckDBPyConnection, shown: CurrentSnapshot) -> None:
    # Core products are counted in the facts: what rules want owned is all that is left to count.
    cursor.execute(
        "CREATE OR REPLACE TEMP VIEW products AS SELECT * REPLACE (FALSE AS is_core)"
        f" FROM {table(shown.folder, 'products')}"
    )


def _facts(cursor: duckdb.DuckDBPyConnection, shown: CurrentSnapshot) -> str:
    """What the run kept of its facts, else the same again."""
    if _has_facts(shown):
        return table(shown.results, "account_facts")
    _views(cursor, shown, ("account_totals", "opportunities", "products"))
    source = table(shown.results, "account_whitespace")
    cursor.execute(f"CREATE TEMP VIEW account_whitespace AS FROM {source}")
    run_stages(cursor, "groundplan.measures.segments", ("account_history",))
    gather_facts(cursor, as_of=shown.as_of, characteristics=())
    cursor.execute(
        f"CREATE TEMP TABLE facts_again AS SELECT * EXCLUDE ({STATED}, owned_bits)"
        " FROM account_facts"
    )
    cursor.execute("DROP TABLE account_facts")
    return "facts_again"


def _ids(cursor: duckdb.DuckDBPyConnection, name: str, ids: Sequence[int]) -> None:
    cursor.execute(
        f"CREATE TEMP TABLE {name} AS SELECT UNNEST($ids::BIGINT[]) AS account_id",
        {"ids": list(ids)},
    )


def _moves() -> str:
    return (
        "SELECT account_id, was, becomes, score, met FROM trial_moves"
        f" WHERE was <> becomes AND NOT decided ORDER BY {_JUMP} DESC, becomes, score DESC,"
        " account_id"
    )


def _named(viewer: Scope, moves: Sequence[tuple[int, str, str, float, int]]) -> Iterator[Mover]:
    ids = [move[0] for move in moves]
    rows = visible_accounts(viewer).filter(pk__in=ids).values_list("pk", "uid", "name")
    names = {pk: (uid, name) for pk, uid, name in rows}
    for pk, was, becomes, score, met in moves:
        if pk in names:
            yield Mover(*names[pk], was, becomes, score, met)


def _measured(row: CharacteristicRow, numbers: dict[str, int]) -> object:
    if row.operator != "owns_product" or not isinstance(row.value, list | tuple):
        return row.value
    return [numbers.get(str(one), one) for one in row.value]
