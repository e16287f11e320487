"""What the check of an import shows: what would happen, and what a person may still decide."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from groundplan.intake.entities import ENTITIES
from groundplan.intake.merging.gone import REMOVED
from groundplan.intake.uploads.selectors import UploadState

from .contexts import Count, Steps, counts_of, steps
from .deciding import APART, SAME
from .editing import Option
from .words import column_word, table_word

MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class NearName:
    """A spelling and the name it was taken for or may mean; `score` in percent, None where two
    names don't look alike. Each of `options` says one thing that a person may decide."""

    table: str
    spelling: str
    means: str
    rows: int
    score: int | None
    accepted: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class RejectGroup:
    """Rows rejected for one reason: how many, and the first as (line, value, reason)."""

    file: str
    column: str
    reason: str
    rows: int
    examples: tuple[tuple[int, str, str], ...]

    @property
    def vary(self) -> bool:
        """Whether an example says more than the group's reason."""
        return any(why != self.reason for _line, _value, why in self.examples)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Earlier purchases that would be replaced; `by` orders, dates or all."""

    by: str
    rows: int
    orders: int
    first_on: date | None
    last_on: date | None
    stay: int


@dataclass(frozen=True, slots=True)
class CheckPage:
    """`check` is the check that the page shows; `other_rejects` are rows of reasons not listed;
    `archived` and `removed` are tables with how many of their rows a complete file lacks."""

    uid: UUID
    check: UUID | None
    source: str
    steps: Steps
    counts: tuple[Count, ...]
    any_gone: bool
    accepted: int
    rejected: int
    near: tuple[NearName, ...]
    more_near: int
    notes: tuple[str, ...]
    groups: tuple[RejectGroup, ...]
    other_rejects: int
    archived: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]
    replaced: Replacement | None
    first_on: date | None
    last_on: date | None
    reject_all: bool
    takes: bool


def check_page(state: UploadState) -> CheckPage:
    report = state.report
    counts = tuple(counts_of(report.get("tables", {})))
    accepted = sum(count.accepted for count in counts)
    rejected = sum(count.rejected for count in counts)
    groups = tuple(_groups(report.get("reject_sums", ())))
    near = sorted(report.get("proposals", ()), key=lambda one: -one["rows"])
    archived, removed = _gone(report.get("tables", {}))
    return CheckPage(
        uid=state.uid,
        check=state.job_uid,
        source=state.source,
        steps=steps(2),
        counts=counts,
        any_gone=any(count.gone for count in counts),
        accepted=accepted,
        rejected=rejected,
        near=tuple(map(_near, near[:MOST_NAMES])),
        more_near=max(0, len(near) - MOST_NAMES),
        notes=tuple(report.get("notes", ())),
        groups=groups,
        other_rejects=rejected - sum(group.rows for group in groups),
        archived=archived,
        removed=removed,
        replaced=_replaced(report.get("replaced")),
        first_on=_day(report.get("first_on")),
        last_on=_day(report.get("last_on")),
        reject_all=state.reject_all,
        takes=bool(accepted) and not (state.reject_all and rejected),
    )


def _near(one: dict[str, Any]) -> NearName:
    return NearName(
        table=table_word(one["table"]),
        spelling=one["spelling"],
        means=one["means"],
        rows=one["rows"],
        score=round(one["score"] * 100) or None,
        accepted=one["accepted"],
        options=tuple(_verdicts(one)),
    )


def _verdicts(one: dict[str, Any]) -> Iterator[Option]:
    """What stands first is what holds now, and sends nothing."""
    accepted, decided = one["accepted"], one.get("decided", False)
    if not accepted and not decided:
        yield Option("", _("not decided: rows rejected"), selected=True)
    for verdict, label, holds in (
        (SAME, _("the same"), accepted),
        (APART, _("not the same"), decided and not accepted),
    ):
        told = [verdict, one["table"], one["spelling"], one["means"]]
        yield Option("" if holds else json.dumps(told), label, selected=holds)


def _groups(sums: list[dict[str, Any]]) -> Iterator[RejectGroup]:
    for one in sums:
        examples = tuple((line, value, why) for line, value, why in one.get("examples", ()))
        column = column_word(one["column"])
        yield RejectGroup(one["file"], column, one["reason"], one["rows"], examples)


def _gone(tables: dict[str, dict[str, int]]) -> tuple[tuple[tuple[str, int], ...], ...]:
    gone = {name: count.get("gone", 0) for name, count in tables.items() if count.get("gone", 0)}
    removes = {name for name in gone if ENTITIES[name].kind in REMOVED}
    return tuple(
        tuple((table_word(name), rows) for name, rows in gone.items() if (name in removes) is told)
        for told in (False, True)
    )


def _replaced(told: dict[str, Any] | None) -> Replacement | None:
    if not told or not told["rows"]:
        return None
    days = {name: _day(told[name]) for name in ("first_on", "last_on")}
    return Replacement(told["by"], told["rows"], told["orders"], **days, stay=told["stay"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
