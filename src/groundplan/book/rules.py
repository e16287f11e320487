"""Decisions of the book that need no database: who may do what, what a value may be."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.money import amount
from groundplan.people.contracts import Scope

ACCOUNT_FIELDS: dict[str, str] = {
    "name": "text",
    "industry": "text",
    "region": "text",
    "country": "text",
    "segment": "text",
    "employees": "integer",
    "annual_revenue": "amount",
    "website": "text",
    "is_customer": "boolean",
    "revenue_goal": "amount",
}
"""Fields of an account that a person may edit, with how their text is read."""

CUSTOM = "attributes."
"""Begins the names of custom attributes, as fields of an account: a source's own columns."""
MOST_CUSTOM_NAME = 60
"""Longest name of a custom attribute that can be edited, CUSTOM included."""

CONTACT_FIELDS: dict[str, str] = {
    "name": "text",
    "title": "text",
    "department": "text",
    "seniority": "text",
    "email": "text",
    "phone": "text",
    "last_contacted_on": "date",
    "buying_role": "text",
    "stance": "text",
}
REPORTS_TO = "reports_to"
"""The field of a contact that names another one, by uid."""
OPPORTUNITY_FIELDS: dict[str, str] = {
    "name": "text",
    "amount": "amount",
    "close_on": "date",
    "probability": "share",
}
REQUIRED = frozenset({"name"})
LENGTHS = {"name": 255, "website": 400, "title": 255, "email": 254, "seniority": 80, "phone": 80}
BOOLEANS = {"": None, "true": True, "false": False}
MOST_AMOUNT = Decimal(10) ** 14

Value = str | int | float | bool | Decimal | date | None


def account_fields(attributes: Mapping[str, object]) -> dict[str, str]:
    """Fields of an account with these custom attributes, each read as what it is now."""
    custom = {f"{CUSTOM}{name}": _kind(value) for name, value in attributes.items()}
    short = {name: kind for name, kind in custom.items() if len(name) <= MOST_CUSTOM_NAME}
    return ACCOUNT_FIELDS | short


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "text"


def may_change_owner(viewer: Scope, owner_id: int | None) -> bool:
    """Owners hand over what is theirs; managers upwards whatever they see."""
    if not viewer.may_write:
        return False
    return viewer.sees_reports or (owner_id is not None and owner_id == viewer.person_id)


def is_stale(as_of: date, today: date, stale_after_days: int) -> bool:
    """Whether a statement is older than the organisation trusts one."""
    return (today - as_of).days > stale_after_days


def parse(field: str, kind: str, text: str) -> Value:
    """What a person typed into `field`, as it is stored; empty is no value.

    Raises InvalidInput that names the field and what it takes.
    """
    text = text.strip()
    if kind == "text":
        return _text(field, text)
    if kind == "boolean":
        if text not in BOOLEANS:
            raise InvalidInput("Choose yes, no or unknown.", field=field)
        return BOOLEANS[text]
    if not text:
        return None
    if kind == "date":
        return _date(field, text)
    return _number(field, kind, text)


def _text(field: str, text: str) -> str:
    if not text and field in REQUIRED:
        raise InvalidInput("This can't be empty.", field=field, mend="Type a name.")
    longest = LENGTHS.get(field, 200)
    if len(text) > longest:
        raise InvalidInput(f"At most {longest} characters.", field=field, mend="Shorten it.")
    return text


def _date(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a date."
        raise InvalidInput(message, field=field, mend="Write it as 2027-03-31.") from None


def _number(field: str, kind: str, text: str) -> Value:
    plain = re.sub(r"[\s,_']", "", text)
    percent = kind == "share" and plain.endswith("%")
    try:
        number = Decimal(plain.rstrip("%") if percent else plain)
    except InvalidOperation:
        message = f"{text} is not a number."
        raise InvalidInput(message, field=field, mend="Use digits, as in 125000.50.") from None
    if kind == "number" and number.is_finite():
        return int(number) if number == int(number) else float(number)
    if not number.is_finite() or not 0 <= number < MOST_AMOUNT:
        raise InvalidInput(f"{text} is out of range.", field=field, mend="Use zero or more.")
    if kind == "integer":
        if number != int(number):
            raise InvalidInput(f"{text} is not a whole number.", field=field)
        return int(number)
    if kind == "share":
        share = number / 100 if percent else number
        if share > 1:
            raise InvalidInput(f"{text} is more than 100 %.", field=field, mend="Use 0 to 100 %.")
        return amount(share)
    return amount(number)
