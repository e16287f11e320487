"""Writes a plan's content through the services, part by part, as its owner would."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from groundplan.people.contracts import Scope
from groundplan.plans.contracts import ChosenOpportunity, Cited, Graph, PlanHead
from groundplan.plans.rules.typing import as_json
from groundplan.plans.selectors.graphs import graph
from groundplan.plans.services.keeping import parts_keep
from groundplan.plans.services.parts import part_add

from .reading import Planned

PLAIN = ("title", "text", "who", "why_now", "metric", "target", "per", "tier", "base", "channel")
RISK = ("title", "text", "sort", "owner")
RESOURCE = ("title", "sort", "have", "need", "unit", "justification", "decision")
SPARE = 3
"""Days between the last due date of a plan and its end."""


class Writer:
    """One plan that is being written; `uids` has the parts so far, by the key of their file."""

    def __init__(self, viewer: Scope, plan: PlanHead, planned: Planned) -> None:
        self.viewer, self.plan, self.planned = viewer, plan, planned
        self.uids: dict[str, str] = {}
        self._chosen: list[ChosenOpportunity] = []

    def write(self) -> None:
        for goal in self.planned.rows("goal"):
            self._add("goal", goal, PLAIN, owner=goal.get("owner", ""))
        self._choose()
        for strategy in self.planned.rows("strategy"):
            self._strategy(strategy)
        for objective in self.planned.rows("objective"):
            self._objective(objective)
        for initiative in self.planned.rows("initiative"):
            self._initiative(initiative)
        for risk in self.planned.rows("risk"):
            self._risk(risk)
        for resource in self.planned.rows("resource"):
            self._add("resource", resource, RESOURCE, owner=self.planned.owner)
        for answer in self.planned.rows("assessment"):
            self._answer(answer)

    def _choose(self) -> None:
        """Keep as many of the suggested opportunities as the strategies share."""
        wanted = sum(strategy.get("share", 0) for strategy in self.planned.rows("strategy"))
        found = self._graph().opportunities
        self._chosen = [one for one in found if one.is_suggested][:wanted]
        parts_keep(viewer=self.viewer, uids=[str(one.uid) for one in self._chosen])

    def _strategy(self, row: Mapping[str, Any]) -> None:
        share = row.get("share", 0)
        mine, self._chosen = self._chosen[:share], self._chosen[share:]
        self._add(
            "strategy",
            row,
            PLAIN,
            owner=row.get("owner", ""),
            goals=self._listed(row.get("goals", ())),
            opportunities=",".join(str(one.uid) for one in mine),
            evidence=_evidence(cited for one in mine for cited in one.evidence),
        )

    def _objective(self, row: Mapping[str, Any]) -> None:
        self._add(
            "objective",
            row,
            PLAIN,
            owner=row.get("owner", ""),
            strategy=self._listed([row["strategy"]]),
            goal=self._listed([row["goal"]] if "goal" in row else ()),
            due_on=self._day(row.get("due")),
        )

    def _initiative(self, row: Mapping[str, Any]) -> None:
        below = self.uids[row["strategy"]]
        goal = row.get("customer_goal", "")
        owner = row.get("owner", "")
        uid = self._add("initiative", row, PLAIN, below, owner=owner, customer_goal=goal)
        for tactic in row["tactic"]:
            self._tactic(tactic, uid)

    def _tactic(self, row: Mapping[str, Any], below: str) -> None:
        self._add(
            "tactic",
            row,
            ("title", "owner", "hours", "status"),
            below,
            due_on=self._day(row.get("due")),
            hours_logged=row.get("logged", ""),
            objectives=self._listed(row.get("objectives", ())),
        )

    def _risk(self, row: Mapping[str, Any]) -> None:
        judged = {name: str(row[name]) for name in ("likelihood", "impact")}
        uid = self._add("risk", row, RISK, **judged)
        if "answer" in row:
            said = {"title": row["trigger"], "trigger": row["trigger"], "text": row["answer"]}
            self._add("contingency", said, ("title", "trigger", "text"), uid)

    def _answer(self, row: Mapping[str, Any]) -> None:
        fields = ("title", "text", "area", "question")
        self._add("answer", row, fields, rating=str(row.get("rating", "")))

    def _add(
        self,
        kind: str,
        row: Mapping[str, Any],
        fields: Iterable[str],
        below: str | None = None,
        **more: str,
    ) -> str:
        values = {name: row[name] for name in fields if row.get(name)}
        values |= {name: value for name, value in more.items() if value}
        uid = part_add(
            viewer=self.viewer,
            plan_uid=str(self.plan.uid),
            kind=kind,
            values=values,
            parent_uid=below,
        ).uid
        self.uids[row.get("key", row["title"])] = str(uid)
        return str(uid)

    def _listed(self, keys: Iterable[str]) -> str:
        return ",".join(self.uids[key] for key in keys)

    def _day(self, share: float | None) -> str:
        """The day after this share of the plan's period, a working day, a little before its end."""
        if share is None:
            return ""
        days = (self.plan.ends_on - self.plan.starts_on).days
        day = min(
            self.plan.starts_on + timedelta(days=round(days * share)),
            self.plan.ends_on - timedelta(days=SPARE),
        )
        return _workday(day).isoformat()

    def _graph(self) -> Graph:
        return graph(self.viewer, self.plan.uid)


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _evidence(cited: Iterable[Cited]) -> str:
    found = list(dict.fromkeys(cited))
    return json.dumps(as_json(found)) if found else ""
