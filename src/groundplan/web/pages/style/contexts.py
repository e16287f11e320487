"""Invented content for every component."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms

from groundplan.charts import Column, Goal, Part, Point, bullet, hbar, history, landing, stacked
from groundplan.kernel.figures import Figure, Trace

MONTHS = ["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan"]


@dataclass(frozen=True, slots=True)
class GuideRow:
    """An account as a list shows it."""

    tier: str
    name: str
    progress: str
    goal: Figure
    forecast: Figure
    gap: Figure
    whitespace: Figure
    orders: str


@dataclass(frozen=True, slots=True)
class GuideGroup:
    title: str
    note: str
    rows: tuple[GuideRow, ...]


@dataclass(frozen=True, slots=True)
class GuideContext:
    """Components that need values."""

    goal: Figure
    actual: Figure
    forecast: Figure
    gap: Figure
    tiered: Figure
    whitespace: Figure
    unknown: Figure
    assumed: Figure
    bar: str
    landing: str
    quarters: str
    small_bar: str
    groups: tuple[GuideGroup, ...]
    form: forms.Form
    wrong_form: forms.Form
    steps: tuple[tuple[str, str], ...] = (
        ("Upload", "done"),
        ("Map columns", "done"),
        ("Preview", "current"),
        ("Import", "ahead"),
    )


class GuideForm(forms.Form):
    """A field of each sort."""

    name = forms.CharField(help_text="As the customer writes it.")
    website = forms.URLField(required=False, assume_scheme="https")
    industry = forms.ChoiceField(choices=[("", "Any"), ("food", "Food"), ("energy", "Energy")])
    customer = forms.BooleanField(required=False, label="Is a customer")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))


def money(value: int | None, measure: str = "revenue.actual") -> Figure:
    amount = None if value is None else Decimal(value)
    return Figure(amount, "money", "USD", Trace.of(measure, period="FY2027"))


def parts(recognised: int, backlog: int, weighted: int) -> tuple[Part, ...]:
    return (
        Part("recognised", "Recognised", money(recognised)),
        Part("backlog", "Backlog", money(backlog)),
        Part("weighted", "Weighted pipeline", money(weighted)),
    )


def guide_context() -> GuideContext:
    """One fictitious year of one fictitious seller."""
    goal = Goal("Goal", money(3_600_000, "goal"))
    return GuideContext(
        goal=goal.figure,
        actual=money(2_240_000),
        forecast=money(3_220_000, "revenue.forecast"),
        gap=money(-380_000, "goal.gap"),
        tiered=Figure(88, trace=Trace.of("accounts.count")),
        whitespace=money(2_051_400, "whitespace.total"),
        unknown=money(None),
        assumed=Figure(Decimal(120_000), "money", "USD", assumed=True),
        bar=bullet(parts(1_660_000, 580_000, 980_000), goal, height=28),
        landing=_landing(goal),
        quarters=_quarters(),
        small_bar=hbar(Part("whitespace", "Whitespace", money(640_000)), 720_000),
        groups=_groups(),
        form=GuideForm(),
        wrong_form=GuideForm({"name": "", "website": "not an address"}, auto_id="wrong_%s"),
    )


def _landing(goal: Goal) -> str:
    totals = [150, 320, 560, 700, 940, 1180, 1480, 1720, 2010, 2240, 2760, 3220]
    return landing(
        [
            Point(month, money(total * 1000), projected=index > 9)
            for index, (month, total) in enumerate(zip(MONTHS, totals, strict=True))
        ],
        goal,
    )


def _quarters() -> str:
    rows = [(560, 0, 0, 800), (620, 60, 0, 850), (480, 180, 140, 900), (0, 340, 840, 1050)]
    return stacked(
        [
            Column(
                f"Q{number} FY27",
                parts(recognised * 1000, backlog * 1000, weighted * 1000),
                Goal("Goal", money(goal * 1000)),
            )
            for number, (recognised, backlog, weighted, goal) in enumerate(rows, 1)
        ]
    )


def _groups() -> tuple[GuideGroup, ...]:
    leaders = (
        ("A", "Nordwind Foods", (410, 200, 280), 1400, 640),
        ("A", "Halcyon Logistics", (520, 160, 210), 900, 410),
        ("A", "Meridian Health", (330, 120, 90), 500, 280),
    )
    others = (
        ("B", "Brightwater Retail", (40, 15, 30), 90, 190),
        ("C", "Solstice Motors", (6, 3, 3), 15, 90),
    )
    return (
        GuideGroup("A", "3 accounts", tuple(_row(*row) for row in leaders)),
        GuideGroup("B and C", "2 of 85 accounts", tuple(_row(*row) for row in others)),
    )


def _row(
    tier: str, name: str, amounts: tuple[int, int, int], goal: int, whitespace: int
) -> GuideRow:
    recognised, backlog, weighted = (amount * 1000 for amount in amounts)
    total = recognised + backlog + weighted
    target = Goal("Goal", money(goal * 1000))
    orders = [(month, Figure((index * 7 + goal) % 11)) for index, month in enumerate(MONTHS)]
    return GuideRow(
        tier=tier,
        name=name,
        progress=bullet(parts(recognised, backlog, weighted), target, width=180, height=18),
        goal=target.figure,
        forecast=money(total, "revenue.forecast"),
        gap=money(total - goal * 1000, "goal.gap"),
        whitespace=money(whitespace * 1000, "whitespace.total"),
        orders=history(orders, width=72, height=20),
    )
