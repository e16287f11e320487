"""How a suggested rule spells columns."""

import keyword
from collections.abc import Iterable

from groundplan.intake.suggest.candidates import Candidate

_TAKEN = frozenset(("if", "true", "false", "and", "or", "not", "in", "is", "none"))


def column_of(each: Candidate, part: str) -> str:
    """The name of a part's column as a mapping writes it."""
    found = each.find(part)
    assert found is not None
    match, partner = found
    name = match.profile.column
    if partner is None:
        return name
    return f"{partner.file}#1:{name}" if partner.first else name


def ticked(name: str) -> str:
    """A column's name in an expression: bare where it can be."""
    plain = name.isidentifier() and not keyword.iskeyword(name)
    return name if plain and name.lower() not in _TAKEN else f"`{name}`"


def concat(names: Iterable[str], between: str) -> str:
    """The expression that joins columns with a text between them."""
    separator = f", '{between}', "
    return f"concat({separator.join(ticked(name) for name in names)})"
