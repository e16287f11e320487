"""What the pages of segments and characteristics show."""

from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext as _

from groundplan.charts.numbers import grouped
from groundplan.insight.selectors import (
    characteristics,
    insight_settings,
    run_summary,
    tier_preview,
)
from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope

from .rules_forms import WORDS, CharacteristicForm, attribute_names, told
from .tabs import Tab, tabs


@dataclass(frozen=True, slots=True)
class Tried:
    """A way of grouping that was tried, and its gain over one segment in percent."""

    name: str
    segments: int
    gain: Figure
    chosen: bool


@dataclass(frozen=True, slots=True)
class SegmentsPage:
    tabs: tuple[Tab, ...]
    form: Form
    chosen: str
    automatic: bool
    gain: Figure | None
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    uid: UUID | None
    name: str
    rule: str
    weight: float
    active: bool


@dataclass(frozen=True, slots=True)
class TierCount:
    tier: str
    accounts: int


@dataclass(frozen=True, slots=True)
class CharacteristicsPage:
    tabs: tuple[Tab, ...]
    rules: tuple[RuleLine, ...]
    default_set: bool
    form: Form
    counts: tuple[TierCount, ...]
    thresholds: str


@dataclass(frozen=True, slots=True)
class CharacteristicPage:
    tabs: tuple[Tab, ...]
    form: Form
    heading: str
    uid: UUID | None
    attributes: tuple[str, ...]


def segments_page(viewer: Scope, form: Form) -> SegmentsPage:
    summary = run_summary(viewer)
    if summary is None:
        return SegmentsPage(tabs("segments"), form, "", True, None, ())
    return SegmentsPage(
        tabs("segments"),
        form,
        _grouping(summary.segment_attributes),
        summary.segments_automatic,
        Figure(summary.segments_gain, "share"),
        tuple(
            Tried(
                _grouping(one.attributes),
                one.segments,
                Figure(one.gain, "share"),
                one.attributes == summary.segment_attributes,
            )
            for one in summary.tried
        ),
    )


def characteristics_page(viewer: Scope, form: Form) -> CharacteristicsPage:
    summary, rows = run_summary(viewer), characteristics()
    limits = summary.thresholds if summary else None
    words = {"a": f"{limits.a_from:g}", "b": f"{limits.b_from:g}"} if limits else {}
    return CharacteristicsPage(
        tabs("characteristics"),
        tuple(
            RuleLine(
                row.uid,
                row.name,
                _rule(row.attribute, row.operator, row.value),
                row.weight,
                row.active,
            )
            for row in rows
        ),
        any(row.uid is None for row in rows),
        form,
        tuple(TierCount(tier, n) for tier, n in (summary.tiers if summary else {}).items()),
        _("A from %(a)s, B from %(b)s") % words if words else "",
    )


def preview(
    viewer: Scope, a_from: float | None, b_from: float | None, by: str
) -> tuple[TierCount, ...]:
    """How many accounts each tier would have; an empty threshold is the one in force."""
    summary = run_summary(viewer)
    a = a_from if a_from is not None else summary.thresholds.a_from if summary else 0.0
    b = b_from if b_from is not None else summary.thresholds.b_from if summary else 0.0
    counts = tier_preview(viewer, a_from=a, b_from=b, by="count" if by == "count" else "score")
    return tuple(TierCount(tier, accounts) for tier, accounts in counts.items())


def characteristic_page(form: Form, uid: UUID | None, name: str) -> CharacteristicPage:
    return CharacteristicPage(
        tabs("characteristics"), form, name or _("Add a characteristic"), uid, attribute_names()
    )


def characteristic_form(uid: UUID) -> CharacteristicForm | None:
    """The form of an existing rule, filled in."""
    row = next((one for one in characteristics() if one.uid == uid), None)
    if row is None:
        return None
    return CharacteristicForm(
        initial={
            "name": row.name,
            "attribute": row.attribute,
            "operator": row.operator,
            "value": told(row.operator, row.value),
            "weight": row.weight,
            "position": row.position,
            "active": row.active,
        }
    )


def settings_initial() -> dict[str, object]:
    row = insight_settings()
    names = ("tier_by", "tier_a_from", "tier_b_from", "segment_by")
    return {name: getattr(row, name) for name in names}


def _rule(attribute: str, operator: str, value: object) -> str:
    verb, said = WORDS.get(operator, operator), told(operator, value)
    if operator == "over_growth" and isinstance(value, int | float):
        said = f"{value:.0%}"
    elif isinstance(value, int | float) and value == int(value):
        said = grouped(int(value), 0)
    parts = (WORDS.get(attribute, attribute), verb, said)
    return " ".join(str(part) for part in parts if part)


def _grouping(attributes: tuple[str, ...]) -> str:
    return " × ".join(str(WORDS.get(name, name)) for name in attributes) or _("one segment")
