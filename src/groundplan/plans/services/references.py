"""What the fields of a part refer to: persons, and other parts of the same plan."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from groundplan.book.selectors.accounts import account_of
from groundplan.insight.selectors.slices import categories, channels, known_as
from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.people.contracts import Scope
from groundplan.people.selectors import person_names, persons_by_login, persons_by_uid
from groundplan.plans.contracts import Kind
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.rules.parsing import plain
from groundplan.plans.rules.typing import Json
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

from .rows import JsonMap

MOST_NAMED = 12
_OF_FACTS: dict[str, tuple[Callable[[CurrentSnapshot], tuple[str, ...]], str]] = {
    "category": (categories, "No product is of this category."),
    "channel": (channels, "Nothing was bought or is open through this channel."),
}


def person_id(field: str, text: str) -> int | None:
    """The person that a form names by uid, login or id; None for nobody. Raises InvalidInput."""
    text = plain(text)
    if not text:
        return None
    try:
        found = [one.pk for one in persons_by_uid([str(UUID(text))])]
    except ValueError:
        found = [one.pk for one in persons_by_login([text])]
        if not found and text.isdecimal() and len(text) < 19:
            found = list(person_names([int(text)]))
    if not found:
        raise InvalidInput("There is no such person.", field=field, mend="Choose from the list.")
    return found[0]


def persons_resolved(values: Mapping[str, Json]) -> JsonMap:
    """`values` with the owner's id in place of what was typed."""
    found = dict(values)
    if found.get("owner") is not None:
        found["owner"] = person_id("owner", str(found["owner"]))
    return found


def account_resolved(viewer: Scope, values: JsonMap, present: Json = None) -> JsonMap:
    """`values` with the account that lives on where they name one that was merged. `present` stays
    as it is, also out of sight. Raises InvalidInput for one that the viewer can't see."""
    account = values.get("account")
    if not account or account == present:
        return values
    try:
        found = account_of(viewer, UUID(str(account)))
    except (ValueError, NotFound):
        raise InvalidInput(
            "There is no such account.", field="account", mend="Choose from the list."
        ) from None
    return {**values, "account": str(found.uid)}


def part_of_facts(values: JsonMap, present: Mapping[str, Json]) -> JsonMap:
    """`values` with category and channel as the facts spell them; what was said before stays.

    Raises InvalidInput for one that no fact is of: nothing would ever be counted for it. Before
    there are facts every name is taken.
    """
    shown = current()
    found = dict(values)
    for field, (names_of, said) in _OF_FACTS.items():
        asked = found.get(field)
        if shown is None or not asked or asked == present.get(field):
            continue
        names = names_of(shown)
        spelled = known_as(names, str(asked))
        if spelled is None:
            some = ", ".join(names[:MOST_NAMED])
            raise InvalidInput(
                said, field=field, mend=f"Choose of {some}." if some else "Leave it empty."
            )
        found[field] = spelled
    return found


def parts_referred(plan: Plan, kind: Kind, values: Mapping[str, Json]) -> list[PlanPart]:
    """The parts that `values` refer to. Raises InvalidInput where one isn't of this plan."""
    asked = {
        one.name: (one.of, _listed(values.get(one.name)))
        for one in KINDS[kind].fields
        if one.type == "parts" and values.get(one.name)
    }
    uids = {uid for _kind, listed in asked.values() for uid in listed}
    if not uids:
        return []
    rows = PlanPart.objects.filter(plan=plan, uid__in=uids, removed_at__isnull=True)
    found = {str(row.uid): row for row in rows.select_related("parent")}
    for field, (wanted, listed) in asked.items():
        if any(uid not in found or found[uid].kind != wanted for uid in listed):
            raise InvalidInput(
                "Choose parts of this plan.", field=field, mend="Reload: one may be gone."
            )
    return list(found.values())


def _listed(value: Json) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
