"""Tactics of a week as rows that are ready to be drawn: a week may have hundreds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groundplan.kernel.figures import Figure
from groundplan.plans.contracts import WeekLine
from groundplan.web.pages.plans.words import choice_word
from groundplan.web.templatetags.figures import figure, icon

MARKS = {
    "done": "circle-check",
    "dropped": "circle-x",
    "moved": "transfer",
    "planned": "circle",
}
OPEN = ("planned", "moved")


@dataclass(frozen=True, slots=True)
class Row:
    """A tactic of the week in a row of its own."""

    status: str
    mark: SafeString
    title: str
    about: SafeString
    due: str
    tone: str
    hours: SafeString
    address: str
    template: str = "week/line.html"


def row_of(one: WeekLine, *, of: str, around: date, now: date) -> Row:
    """`of` and `around` are the week that it is shown in; what is late is counted to `now`."""
    late = max((now - one.due_on).days, 0) if one.status in OPEN else 0
    return Row(
        status=one.status,
        mark=icon(MARKS[one.status], "", choice_word(one.status)),
        title=one.title,
        about=_about(one, with_owner=of == "team"),
        due=_due(one.due_on, late),
        tone="week-late" if late else "muted",
        hours=_hours(one.hours, one.hours_logged),
        address=f"/week/{one.uid}/?of={of}&around={around.isoformat()}",
    )


def _about(one: WeekLine, *, with_owner: bool) -> SafeString:
    """What it is for, with a way there where the viewer may go."""
    told = [format_html("{}", text) for text in (one.above, one.plan_title) if text]
    if one.plan and told:
        address = f"/plans/{one.plan}/path/{one.uid}/"
        told[0] = format_html('<a href="{}">{}</a>', address, told[0])
    more = (one.owner_name if with_owner else "", one.reason)
    told += [format_html("{}", text) for text in more if text]
    return format_html_join(" · ", "{}", ((text,) for text in told))


def _due(day: date, late: int) -> str:
    said = date_format(day)
    if not late:
        return said
    return f"{said} · {ngettext('%(n)s day late', '%(n)s days late', late) % {'n': late}}"


def _hours(planned: Decimal | None, spent: Decimal | None) -> SafeString:
    if planned is None and spent is None:
        return format_html("{}", _("no hours"))
    both = [figure(Figure(one)) for one in (spent, planned) if one is not None]
    return format_html("{} {}", format_html_join(" / ", "{}", ((one,) for one in both)), _("h"))
