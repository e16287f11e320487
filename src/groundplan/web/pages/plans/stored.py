"""Values of a plan's log in words: what a field was and what it became."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundplan.book.selectors.naming import product_names
from groundplan.book.selectors.visibility import visible_accounts
from groundplan.people.contracts import Scope
from groundplan.people.selectors import person_names
from groundplan.plans.selectors.titles import titles_of

from .unanswered import question_words
from .words import CHOICES, SECTIONS, choice_word

PERSONS = ("owner", "manager", "person")
PARTS = ("goal", "strategy", "goals", "opportunities", "objectives", "parent")
CHOSEN = ("sort", "status", "per", "base", "area", "decision")


@dataclass(frozen=True, slots=True)
class Names:
    """What persons, parts, accounts, products and codes are called."""

    persons: Mapping[int, str]
    parts: Mapping[str, str]
    accounts: Mapping[str, str]
    products: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


def names_in(viewer: Scope, values: Iterable[tuple[str, Any]]) -> Names:
    """Names for everything that (field, value) pairs refer to; a query for each sort of it."""
    persons: set[int] = set()
    parts: set[str] = set()
    accounts: set[str] = set()
    products = False
    for field, value in values:
        if field in PERSONS and isinstance(value, int):
            persons.add(value)
        elif field in PARTS and value:
            parts |= set(value) if isinstance(value, list) else {str(value)}
        elif field == "account" and value:
            accounts.add(str(value))
        products = products or (field == "product" and bool(value))
    return Names(
        person_names(persons) if persons else {},
        titles_of(parts) if parts else {},
        _accounts(viewer, accounts) if accounts else {},
        {str(one.uid): one.name for one in product_names().values()} if products else {},
        {**question_words(), "section": {code: str(word) for code, word in SECTIONS.items()}},
    )


def _accounts(viewer: Scope, uids: Iterable[str]) -> Mapping[str, str]:
    """Those that the viewer may see, merged ones included."""
    found = visible_accounts(viewer).filter(uid__in=list(uids))
    return {str(uid): name for uid, name in found.values_list("uid", "name")}


def told(field: str, value: Any, names: Names) -> str:
    """A stored value as a page says it; nothing is an empty text."""
    if value in (None, "", []):
        return ""
    if field in PARTS:
        listed = value if isinstance(value, list) else [value]
        return ", ".join(names.parts.get(str(one), _("a part that is gone")) for one in listed)
    if isinstance(value, list):
        return "; ".join(_one(one) for one in value)
    return _single(field, value, names)


def _single(field: str, value: Any, names: Names) -> str:
    if field in PERSONS and isinstance(value, int):
        return names.persons.get(value, str(value))
    if field in ("account", "product"):
        return _thing(field, str(value), names)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field in CHOSEN and str(value) in CHOICES:
        return choice_word(str(value))
    if field.endswith("_on"):
        return date_format(date.fromisoformat(str(value)))
    return names.words.get(field, {}).get(str(value), str(value))


def _thing(field: str, uid: str, names: Names) -> str:
    if field == "account":
        return names.accounts.get(uid, _("an account that you can't see"))
    return names.products.get(uid, _("a product that is gone"))


def _one(value: Any) -> str:
    """An entry of a list: a piece of evidence by its label."""
    return str(value.get("label", "")) if isinstance(value, dict) else str(value)
