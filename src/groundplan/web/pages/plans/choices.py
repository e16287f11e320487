"""What the fields of a part's form may name."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.selectors.naming import product_names
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_to_choose
from groundplan.plans.contracts import Cited, Graph, Kind
from groundplan.plans.rules.kinds import KINDS
from groundplan.plans.selectors.graphs import graph_of_plan

from .forms import Choices, Pairs
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
            pairs[one.name] = _parts(graph, one.of)
        elif one.type == "person":
            pairs[one.name] = _persons()
    pairs |= _of_kind(viewer, plan, frame, kind, area)
    return Choices(pairs, _evidence(graph) if graph and cites else ())


def _of_kind(viewer: Scope, plan: Any, frame: Frame, kind: Kind, area: str) -> dict[str, Pairs]:
    if kind == "answer":
        areas = (("team", _("team assessment")),) if area == "team" else None
        asked: dict[str, Pairs] = {"question": questions(frame, area)}
        if areas is None and frame.subject == "territory":
            asked["account"] = _accounts(viewer, plan)
        return asked
    if kind == "objective":
        return {"metric": metrics()}
    if kind == "opportunity":
        return {"account": _accounts(viewer, plan), "product": _products()}
    return {}


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


def _parts(graph: Graph, kind: Kind) -> Pairs:
    shown: dict[Kind, Iterable[Any]] = {
        "goal": graph.goals,
        "opportunity": graph.opportunities,
        "strategy": graph.strategies,
        "objective": graph.objectives,
    }
    return tuple((str(one.uid), one.title) for one in shown[kind] if not one.is_suggested)


def _evidence(graph: Graph) -> tuple[Cited, ...]:
    """What the plan's parts cite already, each once."""
    parts = (*graph.answers, *graph.opportunities, *graph.strategies, *graph.objectives)
    cited = dict.fromkeys(one for part in parts for one in getattr(part, "evidence", ()))
    return tuple(cited)[:MOST_EVIDENCE]
