"""What the page of segments shows."""

from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from groundplan.insight.selectors import insight_settings, run_summary
from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope

from .rules_words import WORDS
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


def settings_initial() -> dict[str, object]:
    row = insight_settings()
    names = ("tier_by", "tier_a_from", "tier_b_from", "segment_by")
    return {name: getattr(row, name) for name in names}


def _grouping(attributes: tuple[str, ...]) -> str:
    return " × ".join(str(WORDS.get(name, name)) for name in attributes) or _("one segment")
