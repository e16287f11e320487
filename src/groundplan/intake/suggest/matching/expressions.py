"""Columns as a suggested rule writes them: between backticks, with the joined file in front."""

import keyword
from collections.abc import Iterable

from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.joined_files import Partner

_TAKEN = frozenset(("if", "true", "false", "and", "or", "not", "in", "is", "none"))


def column_of(each: Candidate, part: str) -> str:
    """The name of a part's column as a mapping writes it."""
    found = each.find(part)
    assert found is not None
    match, partner = found
    return in_partner(match.profile.column, partner)


def in_partner(name: str, partner: Partner | None) -> str:
    """A column's name where it stands in the file itself or, given one, in a joined file."""
    return f"{partner.file}#1:{name}" if partner and partner.first else name


def ticked(name: str) -> str:
    """A column's name in an expression: bare where it can be."""
    plain = name.isidentifier() and not keyword.iskeyword(name)
    return name if plain and name.lower() not in _TAKEN else f"`{name}`"


def among(column: str, values: Iterable[str]) -> str:
    """The expression of whether a column has one of some values."""
    return among_told(ticked(column), values)


def among_told(told: str, values: Iterable[str]) -> str:
    """The same of an expression."""
    return f"{told} in ({', '.join(map(repr, values))})"


def concat(names: Iterable[str], between: str) -> str:
    """The expression that joins columns with a text between them."""
    separator = f", '{between}', "
    return f"concat({separator.join(ticked(name) for name in names)})"
