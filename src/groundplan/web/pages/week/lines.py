"""Tactics of a week as rows that are ready to be drawn: a week may have hundreds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groundplan.kernel.figures import Figure
from groundplan.plans.contracts import WeekLine
from groundplan.plans.selectors.weeks import OPEN
from groundplan.web.days import day_text
from groundplan.web.pages.plans.words import choice_word
from groundplan.web.templatetags.figures import figure, icon
from groundplan.web.templatetags.parts import MARKS


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
    told = [escape(text) for text in (one.above, one.plan_title) if text]
    if one.plan and told:
        told[0] = f'<a href="/plans/{one.plan}/path/{one.uid}/">{told[0]}</a>'
    more = (one.owner_name if with_owner else "", one.reason)
    told += [escape(text) for text in more if text]
    return mark_safe(" · ".join(told))  # noqa: S308 - escaped text by text


def _due(day: date, late: int) -> str:
    said = day_text(day)
    if not late:
        return said
    return f"{said} · {ngettext('%(n)s day late', '%(n)s days late', late) % {'n': late}}"


def _hours(planned: Decimal | None, spent: Decimal | None) -> SafeString:
    if planned is None and spent is None:
        return mark_safe(escape(_("no hours")))  # noqa: S308 - escaped
    both = [figure(Figure(one)) for one in (spent, planned) if one is not None]
    return mark_safe(f"{' / '.join(both)} {escape(_('h'))}")  # noqa: S308 - figures are safe
