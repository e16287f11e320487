"""How long text may be, by the columns it ends in."""

from groundplan.book.services import bulk as book
from groundplan.engine.facts import TABLES
from groundplan.intake.entities import ENTITIES

_KEY = 255
# What people.Person takes; other rooms' models aren't looked into.
_PERSON = {"login": 200, "name": 200, "email": 254, "role": 200, "team": 200, "territory": 200}


def text_limits(table: str) -> dict[str, int]:
    """The most characters of each canonical text column of a table."""
    entity = ENTITIES.get(table)
    if entity is None:
        return {"order_id": _KEY}
    if entity.kind == "person":
        return dict(_PERSON)
    stored = book.text_limits(entity.kind)
    limits = {name: stored[column] for name, column in entity.columns.items() if column in stored}
    limits |= dict.fromkeys(
        (*entity.refers, *entity.words), 120 if table == "opportunities" else _KEY
    )
    key = TABLES[table].key
    return limits | ({key: _KEY} if key else {})
