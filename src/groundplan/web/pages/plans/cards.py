"""A part as a page shows it: its fields in words, what it rests on, what may be done to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundplan.kernel.figures import Figure
from groundplan.plans.contracts import Answer, AnyPart, Cited, Kind
from groundplan.plans.rules.kinds import KINDS, Field
from groundplan.plans.rules.metrics import metric_of
from groundplan.plans.rules.typing import kind_of

from .forms import STATED
from .known import address_of
from .words import ADD, choice_word, field_word
from .words import KINDS as KIND_WORDS

MONEY = frozenset({"amount", "expected"})
METERED = frozenset({"target", "actual"})
"""Fields in the unit of their objective's metric."""
TOLD_APART = frozenset(
    ("text", "evidence", "account", "product", "area", "status", "owner", "due_on", "question")
)
"""Fields with a place of their own on a card."""
MARKED: tuple[Kind, ...] = ("tactic", "objective")
"""Kinds that have a deed of their own while the plan is carried out."""
BELOW: dict[Kind, tuple[Kind, ...]] = {
    kind: tuple(below for below, one in KINDS.items() if kind in one.below) for kind in KINDS
}
"""The kinds that may hang below each."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a part; numbers are figures."""

    label: str
    text: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence with the page that it leads to, if there is one."""

    label: str
    source: str
    on: date | None
    is_fact: bool
    address: str


@dataclass(frozen=True, slots=True)
class Add:
    """Something that can be added; the form opens in the slot of that name."""

    kind: Kind
    label: str
    address: str
    slot: str


@dataclass(frozen=True, slots=True)
class Known:
    """What parts name by id: persons and other parts; what the viewer may do, and the money."""

    plan: UUID
    persons: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[UUID, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    currency: str = ""
    today: date | None = None
    may_edit: bool = False
    may_mark: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One part. `anchor` is its id on the page, where one part may stand in two places."""

    plan: UUID
    uid: UUID
    kind: Kind
    kind_label: str
    place: str
    title: str
    text: str
    owner: str
    due_on: date | None
    status: str
    status_label: str
    is_late: bool
    is_suggested: bool
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    adds: tuple[Add, ...]
    children: tuple["Card", ...]
    more: int
    may_edit: bool
    may_mark: bool

    @property
    def anchor(self) -> str:
        return f"{self.place}-{self.uid}"

    @property
    def rests_on_facts(self) -> bool:
        return bool(self.citations) and all(one.is_fact for one in self.citations)

    @property
    def rests_on_nothing(self) -> bool:
        """Said without evidence where some is due: an assumption."""
        says = self.kind in ("opportunity", "strategy") or (self.kind == "answer" and self.text)
        return bool(says) and not self.citations

    @property
    def assumptions(self) -> int:
        return sum(not one.is_fact for one in self.citations)


def card(
    part: AnyPart, known: Known, place: str, children: Iterable[Card] = (), more: int = 0
) -> Card:
    """`place` is the section that it is shown in; `more` children are loaded when opened."""
    kind = kind_of(part)
    status = getattr(part, "status", "")
    due_on: date | None = getattr(part, "due_on", None)
    open_still = status in ("planned", "moved") and not part.is_suggested
    return Card(
        plan=known.plan,
        uid=part.uid,
        kind=kind,
        kind_label=str(KIND_WORDS[kind]),
        place=place,
        title=_title(part, known),
        text=getattr(part, "text", ""),
        owner=_person(getattr(part, "owner", None), known),
        due_on=due_on,
        status=status,
        status_label=choice_word(status) if status else "",
        is_late=bool(open_still and due_on and known.today and due_on < known.today),
        is_suggested=part.is_suggested,
        lines=tuple(lines_of(part, known)),
        citations=tuple(_citations(part)),
        adds=adds_below(part.uid, kind, known, place),
        children=tuple(children),
        more=more,
        may_edit=known.may_edit,
        may_mark=known.may_mark and kind in MARKED and not part.is_suggested,
    )


def adds_below(uid: UUID, kind: Kind, known: Known, place: str) -> tuple[Add, ...]:
    """What can be added below a part, where the plan may be edited."""
    if not known.may_edit or (place == "strategies" and kind == "strategy"):
        return ()
    return tuple(add(known.plan, below, place, parent=uid) for below in BELOW[kind])


def add(plan: UUID, kind: Kind, place: str, *, parent: UUID | None = None, area: str = "") -> Add:
    """A form for a new part; its slot is named by what it would stand below."""
    query = f"kind={kind}&in={place}"
    if parent:
        query += f"&parent={parent}"
    if area:
        query += f"&area={area}"
    slot = f"slot-{place}-{kind}-{parent or 'top'}"
    return Add(kind, str(ADD[kind]), f"/plans/{plan}/part/new/?{query}", slot)


def citation(cited: Cited) -> Citation:
    one = cited.evidence
    source = one.key if one.kind == STATED else ""
    return Citation(one.label, source, one.on, cited.is_fact, address_of(one))


def _citations(part: AnyPart) -> Iterable[Citation]:
    """What a part rests on; what only says the part's own text again leads to its number."""
    for cited in getattr(part, "evidence", ()):
        one = citation(cited)
        if one.address and one.label == getattr(part, "text", ""):
            one = replace(one, label=_("Where this number comes from"))
        yield one


def lines_of(part: AnyPart, known: Known) -> Iterable[Line]:
    """The fields that have something in them, in the order of the kind."""
    for one in KINDS[kind_of(part)].fields:
        value = getattr(part, one.name)
        if one.name in TOLD_APART or value in (None, "", ()):
            continue
        is_money = one.name in MONEY or (one.name in METERED and _is_of_money(part))
        yield _line(one, value, known, is_money=is_money)


def _is_of_money(part: AnyPart) -> bool:
    return metric_of(getattr(part, "metric", "")).unit == "money"


def _line(one: Field, value: object, known: Known, *, is_money: bool) -> Line:
    label = field_word(one.name)
    if one.name == "probability" and isinstance(value, float):
        return Line(label, figure=Figure(value, "rate"))
    if isinstance(value, Decimal):
        unit, currency = ("money", known.currency) if is_money else ("count", "")
        return Line(label, figure=Figure(value, unit, currency))  # type: ignore[arg-type]
    return Line(label, _told(one, value, known))


def _told(one: Field, value: object, known: Known) -> str:
    if isinstance(value, UUID):
        return known.titles.get(value, _("a part that is gone"))
    if isinstance(value, tuple):
        return ", ".join(known.titles.get(each, _("a part that is gone")) for each in value)
    if isinstance(value, date):
        return date_format(value)
    if one.type == "choice":
        return choice_word(str(value))
    return known.words.get(one.name, {}).get(str(value), str(value))


def _title(part: AnyPart, known: Known) -> str:
    if isinstance(part, Answer):
        asked = known.words.get("question", {}).get(part.question, part.title or part.question)
        return asked or _("without a question")
    return part.title or _("without a title")


def _person(person: int | None, known: Known) -> str:
    return known.persons.get(person, _("somebody unknown")) if person else ""
