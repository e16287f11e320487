"""Changes, versions and comparisons of a plan in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import AnyPart, Change, Graph, VersionLine
from groundplan.plans.rules.differing import Difference, FieldChange
from groundplan.plans.rules.kinds import PRESENTATION_ORDER, Section, section_of
from groundplan.plans.rules.typing import kind_of
from groundplan.plans.selectors.changes import changes_of
from groundplan.plans.selectors.versions import NOW, compared, version_graph, versions_of

from .cards import Card, card
from .frame import Frame, opened
from .sections import known_of
from .stored import Names, names_in, told
from .words import DEEDS, INSTEAD, KINDS, SECTIONS, STATES, field_word

SHOWN = 50
HIDDEN = ("is_removed", "is_suggested", "position", "number", "account_name", "where")


@dataclass(frozen=True, slots=True)
class FieldLine:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, or the last of `others` more that were made at once; `undo` is its number where
    it can be taken back, `instead` says what there is where nobody can."""

    number: int
    at: datetime
    actor: str
    verb: str
    kind: str
    label: str
    fields: tuple[FieldLine, ...]
    undo: int
    instead: str
    is_undone: bool
    others: int


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it was kept."""

    id: int
    number: int
    state: str
    at: datetime
    actor: str
    ratio: Figure
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class ChangesPage:
    plan: Frame
    entries: tuple[Entry, ...]
    versions: tuple[Version, ...]
    earlier: int


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that is new, gone, or says something else."""

    kind: str
    title: str
    what: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two versions, `now` being one, and what differs from `a` to `b`."""

    plan: Frame
    choices: tuple[tuple[str, str], ...]
    a: str
    b: str
    head: tuple[FieldLine, ...]
    parts: tuple[PartDifference, ...]
    is_compared: bool


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """The plan exactly as it was."""

    plan: Frame
    version: Version
    title: str
    vision: str
    sections: tuple[Part, ...]


def changes_page(viewer: Scope, uid: UUID, before: int | None) -> ChangesPage:
    """Raises NotFound for what the viewer may not see."""
    _plan, frame = opened(viewer, uid)
    found = changes_of(viewer, uid, limit=SHOWN + 1, before=before)
    shown = found[:SHOWN]
    names = names_in(viewer, _pairs(shown))
    return ChangesPage(
        plan=frame,
        entries=tuple(_entries(shown, names)),
        versions=tuple(map(_version, versions_of(viewer, uid))) if before is None else (),
        earlier=shown[-1].number if len(found) > SHOWN else 0,
    )


def compare_page(viewer: Scope, uid: UUID, a: str, b: str) -> ComparePage:
    """Without a choice the last version that was kept is compared with now."""
    _plan, frame = opened(viewer, uid)
    versions = versions_of(viewer, uid)
    a = a or (str(versions[0].id) if versions else "")
    b = b or NOW
    choices = (*((str(one.id), _version_label(one)) for one in versions), (NOW, _("now")))
    if not a:
        return ComparePage(frame, choices, a, b, (), (), is_compared=False)
    found = compared(viewer, uid, a, b)
    names = names_in(viewer, _all_pairs(found))
    return ComparePage(
        plan=frame,
        choices=choices,
        a=a,
        b=b,
        head=_lines(found.head, names),
        parts=tuple(_differences(found, names)),
        is_compared=True,
    )


def version_page(viewer: Scope, uid: UUID, version: int) -> VersionPage:
    """Raises NotFound for no version of the plan."""
    _plan, frame = opened(viewer, uid)
    line = next((one for one in versions_of(viewer, uid) if one.id == version), None)
    if line is None:
        raise NotFound("This plan has no such version.", mend="Choose one of the list.")
    graph = version_graph(viewer, uid, version)
    return VersionPage(
        plan=frame,
        version=_version(line),
        title=graph.plan.title,
        vision=graph.plan.vision,
        sections=tuple(_sections(frame, graph)),
    )


def _sections(frame: Frame, graph: Graph) -> Iterable[Part]:
    known = replace(known_of(frame, graph), may_edit=False, may_mark=False)
    found: dict[Section, list[Card]] = {}
    for part in graph.parts():
        kind = kind_of(part)
        section = section_of(kind, getattr(part, "area", ""))
        found.setdefault(section, []).append(card(part, known, section))
    order = (*PRESENTATION_ORDER, "contingencies")
    for section in order:
        if section in found:
            yield Part(str(SECTIONS[section]), tuple(found[section]))


def _entries(changes: Iterable[Change], names: Names) -> Iterable[Entry]:
    """Changes that were made at once are told as one."""
    for _group, together in groupby(changes, key=lambda one: one.group):
        first, *others = together
        yield replace(_entry(first, names), others=len(others))


def _entry(one: Change, names: Names) -> Entry:
    fields = dict.fromkeys((*one.before, *one.after))
    pairs = ((name, one.before.get(name), one.after.get(name)) for name in fields)
    return Entry(
        number=one.number,
        at=one.at,
        actor=one.actor,
        verb=str(DEEDS.get(one.verb, one.verb)),
        kind=str(KINDS.get(one.kind, one.kind)) if one.kind not in ("plan", "member") else "",
        label=one.label,
        fields=_fields(pairs, names),
        undo=one.number if one.can_undo else 0,
        instead=str(INSTEAD.get(one.verb, "")),
        is_undone=bool(one.undone_by),
        others=0,
    )


def _lines(changes: Iterable[FieldChange], names: Names) -> tuple[FieldLine, ...]:
    return _fields(((one.name, one.before, one.after) for one in changes), names)


def _fields(changes: Iterable[tuple[str, Any, Any]], names: Names) -> tuple[FieldLine, ...]:
    return tuple(
        FieldLine(field_word(name), _said(name, was, names), _said(name, now, names))
        for name, was, now in changes
        if name not in HIDDEN
    )


def _said(name: str, value: Any, names: Names) -> str:
    if name == "state":
        return str(STATES.get(str(value), value or ""))
    return told(name, value, names)


def _pairs(changes: Iterable[Change]) -> Iterable[tuple[str, Any]]:
    for one in changes:
        yield from one.before.items()
        yield from one.after.items()


def _all_pairs(found: Difference) -> Iterable[tuple[str, Any]]:
    for one in (*found.head, *(field for part in found.changed for field in part.fields)):
        yield one.name, one.before
        yield one.name, one.after


def _differences(found: Difference, names: Names) -> Iterable[PartDifference]:
    for part in found.added:
        yield _plain(part, _("new"))
    for part in found.removed:
        yield _plain(part, _("gone"))
    for one in found.changed:
        what = _("changed and moved") if one.is_moved and one.fields else _("changed")
        said = _("moved") if one.is_moved and not one.fields else what
        kind = str(KINDS[one.kind])
        yield PartDifference(kind, _title(one.after), said, _lines(one.fields, names))


def _plain(part: AnyPart, what: str) -> PartDifference:
    return PartDifference(str(KINDS[kind_of(part)]), _title(part), what, ())


def _title(part: AnyPart) -> str:
    return part.title or str(getattr(part, "question", ""))


def _version(one: VersionLine) -> Version:
    return Version(
        id=one.id,
        number=one.number,
        state=str(STATES.get(one.state, one.state)),
        at=one.at,
        actor=one.actor,
        ratio=Figure(one.fact_ratio, "rate"),
        errors=one.errors,
        warnings=one.warnings,
    )


def _version_label(one: VersionLine) -> str:
    return _("version %(number)s, %(state)s %(day)s") % {
        "number": one.number,
        "state": STATES.get(one.state, one.state),
        "day": one.at.date().isoformat(),
    }
