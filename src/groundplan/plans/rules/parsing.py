"""What people type into the fields of a part, as a row keeps it."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from uuid import UUID

from groundplan.book.rules import parse as parse_one
from groundplan.kernel.errors import InvalidInput
from groundplan.plans.contracts import Kind

from .kinds import KINDS, Field, Type
from .typing import Json, typed

LONGEST_TITLE = 300
MOST_LISTED = 200
ASSUMED = "assumption"
"""The kind of evidence that has no source, whatever else is said of it."""


def parsed(kind: Kind, values: Mapping[str, str]) -> dict[str, Json]:
    """The given fields of a kind, and `title`, as a row keeps them; empty ones are None.

    Persons stay as typed, for whoever knows persons to look up. Raises InvalidInput that names
    the field.
    """
    found: dict[str, Json] = {}
    for name, text in values.items():
        field = KINDS[kind].field(name)
        if name == "title":
            found[name] = _line(Field("title", most=LONGEST_TITLE), text) or ""
        elif field is None:
            raise InvalidInput(f"A part of this kind has no {name}.", field=name)
        else:
            found[name] = parsed_field(field, text)
    return found


def parsed_field(field: Field, text: str) -> Json:
    """One field as a row keeps it. Raises InvalidInput."""
    return _PARSE[field.type](field, text) if text.strip() else None


def title_of(values: Mapping[str, Json]) -> str:
    """A title for a part that was given none: the beginning of what it says."""
    said = next((str(values[name]) for name in ("text", "trigger") if values.get(name)), "")
    line = said.strip().partition("\n")[0]
    return line if len(line) <= 120 else f"{line[:119].rstrip()}\u2026"


def plain(text: str) -> str:
    """A text as it is kept: lines end alike, and no database takes a null byte."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _line(field: Field, text: str) -> Json:
    return _text(field, " ".join(text.split()))


def _text(field: Field, text: str) -> Json:
    text = plain(text)
    if len(text) > field.most:
        raise InvalidInput(
            f"At most {field.most} characters.", field=field.name, mend="Shorten it."
        )
    return text or None


def _number(field: Field, text: str) -> Json:
    kind = "share" if field.name == "probability" else "amount"
    number = parse_one(field.name, kind, text)
    if not isinstance(number, Decimal):
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _date(field: Field, text: str) -> Json:
    day = parse_one(field.name, "date", text)
    return None if day is None else str(day)


def _choice(field: Field, text: str) -> Json:
    if text not in field.choices:
        raise InvalidInput("Choose one of the list.", field=field.name)
    return int(text) if field.type == "integer" else text


def _parts(field: Field, text: str) -> Json:
    try:
        listed = [str(UUID(one.strip())) for one in text.split(",") if one.strip()]
    except ValueError:
        raise InvalidInput("Choose parts of this plan.", field=field.name) from None
    if len(listed) > (1 if field.single else MOST_LISTED):
        raise InvalidInput("Choose fewer parts.", field=field.name)
    if field.single:
        return listed[0] if listed else None
    return list[Json](dict.fromkeys(listed)) or None


def _evidence(field: Field, text: str) -> Json:
    wrong = InvalidInput("This evidence can't be read.", field=field.name, mend="Cite it again.")
    try:
        listed = json.loads(text)
        cited = typed(field, listed)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise wrong from None
    if len(cited) > MOST_LISTED:
        raise wrong
    found: list[Json] = []
    for one in cited:
        evidence = one.evidence
        lengths = ((evidence.kind, 40), (evidence.key, 200), (evidence.label, 500))
        if not evidence.label.strip() or any(len(text) > most for text, most in lengths):
            raise wrong
        if evidence.kind == "account" and not _is_uid(evidence.key):
            raise wrong
        has_source = one.is_fact and evidence.kind != ASSUMED and bool(evidence.key)
        found.append(
            {
                "kind": evidence.kind,
                "key": evidence.key,
                "label": evidence.label.strip(),
                "on": str(evidence.on) if evidence.on else None,
                "is_fact": has_source,
            }
        )
    return found or None


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


_PARSE: dict[Type, Callable[[Field, str], Json]] = {
    "line": _line,
    "text": _text,
    "number": _number,
    "integer": _choice,
    "date": _date,
    "person": lambda _field, text: text.strip(),
    "choice": _choice,
    "parts": _parts,
    "evidence": _evidence,
}
