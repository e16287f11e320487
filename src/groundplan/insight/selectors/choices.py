"""What rules can be about: the sources' own columns with their types, and the values there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from groundplan.book.selectors.naming import product_names
from groundplan.kernel.errors import NotAllowed
from groundplan.measures.tiers import ATTRIBUTES, CUSTOM
from groundplan.measures.tiers.contracts import Kind
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .tables import Row, fetch, small_table, table

MOST_COLUMNS = 200
BOOLEANS = "('true', 'false', 'yes', 'no')"


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A source's own column: what its values read as, and how many accounts have one."""

    attribute: str
    name: str
    kind: Kind
    accounts: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, what it is called, and how many accounts have it."""

    value: str
    label: str
    accounts: int


def own_columns(viewer: Scope) -> tuple[OwnColumn, ...]:
    """The sources' own columns, those that most accounts have first."""
    shown = _shown(viewer)
    return _columns(shown.folder) if shown else ()


def kind_of(viewer: Scope, attribute: str) -> Kind | None:
    """What the values of an attribute read as; None for one that there isn't."""
    known = ATTRIBUTES.get(attribute)
    own = () if known else own_columns(viewer)
    return known or next((one.kind for one in own if one.attribute == attribute), None)


def choices(
    viewer: Scope, attribute: str, operator: str, wanted: str, most: int
) -> tuple[Choice, ...]:
    """The most frequent values that contain `wanted`, in any case; at most `most`."""
    shown = _shown(viewer)
    if shown is None:
        return ()
    if operator == "owns_product":
        found: Sequence[Choice] = _products(shown)
    elif operator == "owns_category":
        found = [Choice(name, name, accounts) for name, accounts in _category_owners(shown.folder)]
    elif attribute.startswith(CUSTOM) or ATTRIBUTES.get(attribute) == "text":
        return _texts(shown, attribute, wanted, most)
    else:
        return ()
    sought = wanted.casefold()
    return tuple(one for one in found if sought in one.label.casefold())[:most]


def _shown(viewer: Scope) -> CurrentSnapshot | None:
    if not viewer.sees_all:
        raise NotAllowed("Only who sees every account sees what values there are.")
    return current()


@lru_cache(maxsize=4)
def _columns(folder: Path) -> tuple[OwnColumn, ...]:
    rows = fetch(
        "WITH pairs AS (SELECT UNNEST(JSON_KEYS(attributes)) AS name, attributes"
        f" FROM {table(folder, 'accounts')} WHERE attributes IS NOT NULL),"
        " texts AS (SELECT name, JSON_EXTRACT_STRING(attributes, '$.\"' || REPLACE(REPLACE("
        "name, '\\', '\\\\'), '\"', '\\\"') || '\"') AS value FROM pairs)"
        " SELECT name, COUNT(*), COUNT(TRY_CAST(value AS DOUBLE)), COUNT(TRY_CAST(value AS DATE)),"
        f" COUNT(*) FILTER (LOWER(value) IN {BOOLEANS}) FROM texts WHERE value <> ''"
        " GROUP BY name ORDER BY 2 DESC, 1 LIMIT $most",
        {"most": MOST_COLUMNS},
    )
    return tuple(OwnColumn(f"{CUSTOM}{row[0]}", row[0], _kind(*row[1:]), row[1]) for row in rows)


def _kind(known: int, numbers: int, dates: int, booleans: int) -> Kind:
    """What every value of a column reads as; text where one doesn't."""
    if booleans == known:
        return "boolean"
    return "number" if numbers == known else "date" if dates == known else "text"


def _texts(shown: CurrentSnapshot, attribute: str, wanted: str, most: int) -> tuple[Choice, ...]:
    column, path = attribute, ""
    if attribute.startswith(CUSTOM):
        key = attribute.removeprefix(CUSTOM).replace("\\", "\\\\").replace('"', '\\"')
        column, path = "JSON_EXTRACT_STRING(attributes, $path)", f'$."{key}"'
    rows = fetch(
        f"SELECT ANY_VALUE({column}), COUNT(*) FROM {table(shown.folder, 'accounts')}"
        f" WHERE {column} <> '' AND POSITION($wanted IN LOWER({column})) > 0"
        f" GROUP BY LOWER({column}) ORDER BY 2 DESC, 1 LIMIT $most",
        {"wanted": wanted.lower(), "most": most} | ({"path": path} if path else {}),
    )
    return tuple(Choice(value, value, accounts) for value, accounts in rows)


def _products(shown: CurrentSnapshot) -> list[Choice]:
    owners = _owners(shown.results)
    named = product_names().values()
    found = [Choice(str(one.uid), one.name, owners.get(one.product_id, 0)) for one in named]
    return sorted(found, key=lambda one: (-one.accounts, one.label))


def _owners(results: Path) -> dict[int, int]:
    found: dict[int, int] = {}
    for product_id, owners in small_table(results, "segment_products", "product_id, owners"):
        found[product_id] = found.get(product_id, 0) + owners
    return found


@lru_cache(maxsize=4)
def _category_owners(folder: Path) -> tuple[Row, ...]:
    rows = fetch(
        f"SELECT category, COUNT(DISTINCT account_id) FROM {table(folder, 'footprint')} AS f"
        f" INNER JOIN {table(folder, 'products')} AS p ON p.product_id = f.product_id"
        " WHERE category <> '' GROUP BY category ORDER BY 2 DESC, 1"
    )
    return tuple(rows)
