"""What the fields of a part's form may name."""

from collections.abc import Iterable
from typing import Any

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.naming import product_names
from groundplan.insight.selectors.slices import categories, channels
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.plans.contracts import Graph, Kind
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.snapshots.selectors import current

from .forms import Choices, Pairs, evidence_label, evidence_value
from .frame import Frame
from .unanswered import metrics, questions

MOST_ACCOUNTS = 500
MOST_EVIDENCE = 60
CITING: tuple[Kind, ...] = ("answer", "opportunity", "strategy", "objective")
"""The kinds of parts that cite evidence."""


def choices_for(viewer: Scope, plan: Any, frame: Frame, kind: Kind, area: str = "") -> Choices:
    """What a form of `kind` in this plan offers; reads only the parts that it may name."""
    fields = KINDS[kind].fields
    named = {one.of for one in fields if one.of}
    cites = any(one.type == "evidence" for one in fields)
    kinds = tuple(named | (set(CITING) if cites else set()))
    graph = graph_of_plan(plan, kinds=kinds) if kinds else None
    pairs: dict[str, Pairs] = {}
    for one in fields:
        if one.of and graph:
            pairs[one.name] = _parts(graph, one.of, frame)
        elif one.type == "person":
            pairs[one.name] = _persons()
    pairs |= _of_kind(viewer, plan, frame, kind, area)
    return Choices(pairs, _evidence(graph, frame) if graph and cites else ())


def _of_kind(viewer: Scope, plan: Any, frame: Frame, kind: Kind, area: str) -> dict[str, Pairs]:
    if kind == "answer":
        asked: dict[str, Pairs] = {"question": questions(frame, area)}
        if area != "team" and frame.subject == "territory":
            asked["account"] = _accounts(viewer, plan)
        return asked
    if kind == "objective":
        return {"metric": metrics(), **_of_facts()}
    if kind == "opportunity":
        return {"account": _accounts(viewer, plan), "product": _products()}
    return {}


def _of_facts() -> dict[str, Pairs]:
    """The categories and channels that facts are of; none, and so any may be written, before."""
    shown = current()
    if shown is None:
        return {}
    names = {"category": categories(shown), "channel": channels(shown)}
    return {field: tuple((one, one) for one in known) for field, known in names.items()}


def _persons() -> Pairs:
    return tuple((str(one.pk), one.name) for one in persons_to_choose())


def _accounts(viewer: Scope, plan: Any) -> Pairs:
    accounts = active_accounts(viewer)
    if plan.account_id:
        accounts = accounts.filter(pk=plan.account_id)
    else:
        accounts = accounts.filter(owner_id=plan.owner_id)
    rows = accounts.order_by("name").values_list("uid", "name")[:MOST_ACCOUNTS]
    return tuple((str(uid), name) for uid, name in rows)


def _products() -> Pairs:
    found = sorted(product_names().values(), key=lambda one: (one.category, one.name))
    return tuple((str(one.uid), f"{one.name} ({one.category})") for one in found)


def _parts(graph: Graph, kind: Kind, plan: Frame) -> Pairs:
    shown: dict[Kind, Iterable[Any]] = {
        "goal": graph.goals,
        "opportunity": graph.opportunities,
        "strategy": graph.strategies,
        "objective": graph.objectives,
    }
    kept = (one for one in shown[kind] if not one.is_suggested)
    return tuple((str(one.uid), _of_account(plan, one, one.title)) for one in kept)


def _evidence(graph: Graph, plan: Frame) -> Pairs:
    """What the plan's parts cite already, each once; what is only suggested comes last."""
    parts = (*graph.answers, *graph.opportunities, *graph.strategies, *graph.objectives)
    found: dict[str, str] = {}
    for part in sorted(parts, key=lambda one: one.is_suggested):
        for cited in getattr(part, "evidence", ()):
            label = _of_account(plan, part, evidence_label(cited))
            found.setdefault(evidence_value(cited), label)
    return tuple(found.items())[:MOST_EVIDENCE]


def _of_account(plan: Frame, part: Any, label: str) -> str:
    """A territory offers the same product to many: whose it is belongs to its name."""
    name = "" if plan.account else getattr(part, "account_name", "")
    return label if not name or name in label else f"{name}: {label}"
