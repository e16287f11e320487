"""The set of rules that tiers are made from, kept as a whole, and the way back to earlier sets.

What is kept counts from the next analysis on, which the entry in the audit log asks for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.models import Characteristic, InsightSettings
from groundplan.insight.selectors.runs import characteristics, insight_settings
from groundplan.kernel.errors import Conflict, InvalidInput, NotFound
from groundplan.kernel.ids import uuid7
from groundplan.measures.tiers import Characteristic as Rule
from groundplan.measures.tiers import check
from groundplan.measures.tiers.contracts import MOST_CHARACTERISTICS
from groundplan.organisation.selectors import audit_entries, audit_of
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .permission import may_set
from .settings import check_thresholds

KEPT, BACK = "characteristic.set", "characteristic.back"
KIND, KEY = "characteristics", "all"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in their order, and the thresholds of their sum; None follows from the rules."""

    rules: tuple[CharacteristicRow, ...]
    tier_by: str = "score"
    a_from: float | None = None
    b_from: float | None = None

    @property
    def mark(self) -> str:
        """Differs between any two sets: tells whether somebody changed it meanwhile."""
        text = json.dumps(_json(self), sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SetChange:
    """One time that the set was changed; `entry` leads back to what was before."""

    entry: int
    at: Any
    actor: str
    went_back: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    thresholds: bool


def rule_set() -> RuleSet:
    """The set in force, or the default set. What holds for everybody: no viewer."""
    row = insight_settings()
    return RuleSet(characteristics(), row.tier_by, row.tier_a_from, row.tier_b_from)


@transaction.atomic
def rule_set_keep(*, viewer: Scope, wanted: RuleSet, mark: str) -> int:
    """Replace the whole set; returns the entry with which `rule_set_back` undoes it.

    `mark` is the mark of the set that the change began from: raises Conflict where somebody
    changed it since. Raises InvalidInput for rules and thresholds that make no sense.
    """
    may_set(viewer)
    before = rule_set()
    if before.mark != mark:
        raise Conflict(
            "Somebody changed the characteristics meanwhile.",
            mend="Look at them as they are now and change them again.",
        )
    return _replace(viewer, before, wanted, KEPT)


@transaction.atomic
def rule_set_back(*, viewer: Scope, entry: int) -> int:
    """Put the set back as it was before a change; returns the entry that undoes this."""
    may_set(viewer)
    found = audit_entries([entry]).filter(kind=KIND).first()
    if found is None:
        raise NotFound("There is no such change.", mend="Reload the page.")
    return _replace(viewer, rule_set(), _set(found.detail["before"]), BACK)


def rule_set_changes(viewer: Scope, most: int) -> tuple[SetChange, ...]:
    """The latest changes of the set."""
    may_set(viewer)
    return tuple(
        SetChange(row.pk, row.at, row.actor, row.action == BACK, *_told(row.detail))
        for row in audit_of(KIND, KEY)[:most]
    )


def _replace(viewer: Scope, before: RuleSet, wanted: RuleSet, action: str) -> int:
    _check(wanted)
    known = {rule.uid for rule in before.rules if rule.uid} if action == KEPT else None
    _write(before, wanted, known)
    settings = InsightSettings.objects.select_for_update().filter(pk=1).first()
    settings = settings or InsightSettings(pk=1)
    settings.tier_by = wanted.tier_by
    settings.tier_a_from, settings.tier_b_from = wanted.a_from, wanted.b_from
    settings.save()
    entry = audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind=KIND,
        key=KEY,
        detail={"before": _json(before), "after": _json(rule_set())},
    )
    return int(entry.pk)


def _write(before: RuleSet, wanted: RuleSet, known: set[UUID] | None) -> None:
    """A default set that is left as it is stays the default set; `known` None trusts every uid."""
    if _contents(before.rules) == _contents(wanted.rules) and not Characteristic.objects.exists():
        return
    Characteristic.objects.all().delete()
    if all(rule.uid is None for rule in wanted.rules) and known is None:
        return
    rows = [
        Characteristic(
            uid=rule.uid if rule.uid and (known is None or rule.uid in known) else uuid7(),
            **_content(rule),
            position=place,
        )
        for place, rule in enumerate(wanted.rules)
    ]
    Characteristic.objects.bulk_create(rows)


def _check(wanted: RuleSet) -> None:
    if len(wanted.rules) > MOST_CHARACTERISTICS:
        raise InvalidInput(f"There can be {MOST_CHARACTERISTICS} characteristics at most.")
    check_thresholds(wanted.tier_by, wanted.a_from, wanted.b_from)
    for rule in wanted.rules:
        if not 0 < len(rule.name.strip()) <= LONGEST_NAME:
            raise InvalidInput("A characteristic needs a name.", field="name")
        check(Rule(rule.name, rule.attribute, rule.operator, rule.value, rule.weight))


def _content(rule: CharacteristicRow) -> dict[str, Any]:
    kept = asdict(rule)
    return {name: kept[name] for name in kept if name not in ("uid", "position")}


def _contents(rules: Sequence[CharacteristicRow]) -> list[dict[str, Any]]:
    return [_content(rule) for rule in rules]


def _json(wanted: RuleSet) -> dict[str, Any]:
    rules = [
        {"uid": str(rule.uid) if rule.uid else None, **_content(rule)} for rule in wanted.rules
    ]
    return {
        "rules": rules,
        "tier_by": wanted.tier_by,
        "a_from": wanted.a_from,
        "b_from": wanted.b_from,
    }


def _set(kept: Mapping[str, Any]) -> RuleSet:
    rules = tuple(
        CharacteristicRow(
            UUID(rule["uid"]) if rule["uid"] else None,
            **{name: value for name, value in rule.items() if name != "uid"},
            position=place,
        )
        for place, rule in enumerate(kept["rules"])
    )
    return replace(RuleSet(rules), **{name: kept[name] for name in ("tier_by", "a_from", "b_from")})


def _told(detail: Mapping[str, Any]) -> Iterator[Any]:
    """Names of the rules added, changed and removed, and whether the thresholds changed."""
    before, after = detail["before"], detail["after"]
    # Rules of the default set have no uid before they are kept: those go by their names.
    both = {rule["uid"] for rule in before["rules"] if rule["uid"]}
    both &= {rule["uid"] for rule in after["rules"]}
    old, new = (
        {rule["uid"] if rule["uid"] in both else rule["name"]: rule for rule in kept["rules"]}
        for kept in (before, after)
    )
    yield tuple(rule["name"] for key, rule in new.items() if key not in old)
    yield tuple(
        rule["name"]
        for key, rule in new.items()
        if key in old and rule | {"uid": 0} != old[key] | {"uid": 0}
    )
    yield tuple(rule["name"] for key, rule in old.items() if key not in new)
    yield any(before[name] != after[name] for name in ("tier_by", "a_from", "b_from"))
