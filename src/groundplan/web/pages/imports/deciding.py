"""What a person decides of names that look alike, kept in the mapping."""

import json
from collections.abc import Iterable
from dataclasses import replace

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import Mapping

SAME, APART = "same", "apart"


def with_decisions(mapping: Mapping, decisions: Iterable[str]) -> Mapping:
    """The mapping with what was decided: each is JSON of verdict, table, spelling and meaning;
    anything else decides nothing."""
    aliases = {table: dict(names) for table, names in mapping.aliases.items()}
    apart = {table: list(names) for table, names in mapping.apart.items()}
    for verdict, table, spelling, means in filter(None, map(_read, decisions)):
        alone = apart.setdefault(table, [])
        joined = aliases.setdefault(table, {})
        joined.pop(spelling, None)
        if spelling in alone:
            alone.remove(spelling)
        if verdict == SAME:
            joined[spelling] = means
        else:
            alone.append(spelling)
    return replace(
        mapping,
        aliases={table: names for table, names in aliases.items() if names},
        apart={table: tuple(names) for table, names in apart.items() if names},
    )


def _read(text: str) -> tuple[str, str, str, str] | None:
    try:
        told = json.loads(text) if text else None
    except json.JSONDecodeError:
        return None
    match told:
        case [("same" | "apart") as verdict, str(table), str(spelling), str(means)]:
            return (verdict, table, spelling, means) if table in TABLES else None
    return None
