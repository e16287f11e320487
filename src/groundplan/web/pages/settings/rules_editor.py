"""What the editor of characteristics shows: the draft, what would change, and what did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groundplan.insight.selectors.choices import OwnColumn, kind_of, own_columns
from groundplan.insight.services.rule_sets import SetChange, rule_set_changes
from groundplan.kernel.figures import Figure
from groundplan.measures.tiers import ATTRIBUTES
from groundplan.people.contracts import Scope

from .rules_drafts import (
    Draft,
    DraftRule,
    operators_for,
    rule_rows,
    shape_mark,
)
from .rules_preview import Preview, preview
from .rules_values import Option, Values, Words, values_of
from .rules_words import WORDS
from .tabs import Tab, tabs

CHANGES = 20
VERBS: tuple[tuple[str, Words, str], ...] = (
    ("up", gettext_lazy("Move up"), "arrow-up"),
    ("down", gettext_lazy("Move down"), "arrow-down"),
    ("copy", gettext_lazy("Duplicate"), "copy"),
    ("remove", gettext_lazy("Remove"), "trash"),
)


@dataclass(frozen=True, slots=True)
class OptionGroup:
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the draft; `accounts` is how many meet it, None where that isn't known."""

    rule: DraftRule
    mark: str
    facts: tuple[OptionGroup, ...]
    operators: tuple[Option, ...]
    values: Values
    accounts: Figure | None
    error: str


@dataclass(frozen=True, slots=True)
class Change:
    entry: int
    at: datetime
    actor: str
    what: str


@dataclass(frozen=True, slots=True)
class LimitField:
    """A threshold that can be typed or pulled."""

    name: str
    label: str
    value: str
    most: str
    step: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class EditorPage:
    tabs: tuple[Tab, ...]
    draft: Draft
    rows: tuple[RuleRow, ...]
    preview: Preview
    modes: tuple[Option, ...]
    limits: tuple[LimitField, ...]
    default_set: bool
    changes: tuple[Change, ...]
    error: str = ""
    unsaved: bool = False
    verbs: tuple[tuple[str, Words, str], ...] = VERBS


def editor_page(
    viewer: Scope, draft: Draft, *, error: str = "", unsaved: bool = False
) -> EditorPage:
    """The editor as a page; `error` says why a draft wasn't kept, `unsaved` that it may differ
    from what is in force."""
    _rows, wrong = rule_rows(draft)
    shown = preview(viewer, draft)
    met, own = dict(shown.met), own_columns(viewer)
    return EditorPage(
        tabs("characteristics"),
        draft,
        tuple(_row(viewer, rule, own, met, wrong) for rule in draft.rules),
        shown,
        _modes(draft),
        _limits(draft, shown),
        bool(draft.rules) and all(rule.uid is None for rule in draft.rules),
        tuple(_change(one) for one in rule_set_changes(viewer, CHANGES)),
        error,
        unsaved,
    )


def _row(
    viewer: Scope,
    rule: DraftRule,
    own: Sequence[OwnColumn],
    met: dict[int, Figure],
    wrong: dict[int, str],
) -> RuleRow:
    operators = operators_for(kind_of(viewer, rule.attribute)) or (rule.operator,)
    return RuleRow(
        rule,
        shape_mark(rule),
        _facts(rule.attribute, own),
        tuple(Option(name, WORDS[name], name == rule.operator) for name in operators),
        values_of(viewer, rule),
        met.get(rule.key),
        # A row that was just added isn't wrong yet.
        wrong.get(rule.key, "") if rule.name or rule.values else "",
    )


def _facts(chosen: str, own: Sequence[OwnColumn]) -> tuple[OptionGroup, ...]:
    ours = tuple(Option(name, WORDS[name], name == chosen) for name in ATTRIBUTES)
    theirs = tuple(
        Option(one.attribute, one.name, one.attribute == chosen, Figure(one.accounts))
        for one in own
    )
    known = {option.value for option in (*ours, *theirs)}
    gone = () if chosen in known else (Option(chosen, chosen, True),)
    groups = [OptionGroup(_("Facts"), ours)]
    if theirs or gone:
        groups.append(OptionGroup(_("Your own columns"), (*theirs, *gone)))
    return tuple(groups)


def _modes(draft: Draft) -> tuple[Option, ...]:
    modes = (
        ("follow", _("as the characteristics give")),
        ("sums", _("fixed sums") if draft.by == "score" else _("fixed counts")),
        ("shares", _("shares of the accounts")),
    )
    return tuple(Option(code, label, code == draft.mode) for code, label in modes)


def _limits(draft: Draft, shown: Preview) -> tuple[LimitField, ...]:
    if draft.mode == "sums":
        most, step = _most(draft), "1" if draft.by == "count" else "0.5"
        return (
            LimitField("a_from", _("A from"), draft.a or shown.a_from, most, step),
            LimitField("b_from", _("B from"), draft.b or shown.b_from, most, step),
        )
    if draft.mode == "shares":
        return (
            LimitField("a_share", _("A: the top share"), draft.a, "100", "1", "%"),
            LimitField("ab_share", _("A and B together"), draft.b, "100", "1", "%"),
        )
    return ()


def _most(draft: Draft) -> str:
    """The highest sum that there can be: where sliders end."""
    rows, _wrong = rule_rows(draft)
    weights = [row.weight for row in rows if row.active and row.weight > 0]
    return f"{max(float(len(weights)) if draft.by == 'count' else sum(weights), 1.0):g}"


def _change(one: SetChange) -> Change:
    parts = [
        *(_("added %(name)s") % {"name": name} for name in one.added),
        *(_("changed %(name)s") % {"name": name} for name in one.changed),
        *(_("removed %(name)s") % {"name": name} for name in one.removed),
        *([_("thresholds")] if one.thresholds else []),
    ]
    told = "; ".join(parts) or _("order")
    return Change(
        one.entry,
        one.at,
        one.actor,
        _("went back: %(what)s") % {"what": told} if one.went_back else told,
    )
