"""Findings are let pass by name, and how serious each is can be set."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from groundplan.kernel import clock
from groundplan.kernel.errors import Conflict, InvalidInput, NotAllowed
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.plans.models import FindingSeverity, Plan, Waiver
from groundplan.plans.rules.checking import SEVERITIES, rule_of
from groundplan.plans.rules.parsing import plain
from groundplan.plans.selectors.plans import plan_of

from .plans import plan_audited
from .writing import HEAD, Step, accepter_required, steps_write

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding, by its code and where it is, with the reason to let it pass."""

    code: str
    where: str
    reason: str


@transaction.atomic
def finding_waive(*, viewer: Scope, uid: str, code: str, where: str, reason: str) -> None:
    """Let one finding of a plan pass. Raises NotFound, NotAllowed, InvalidInput, Conflict where
    the plan isn't submitted."""
    plan = plan_of(viewer, uid, lock=True)
    accepter_required(viewer, plan)
    if plan.state != "submitted":
        raise Conflict("Findings are waived in submitted plans.", mend="Have it submitted first.")
    waivers_write(viewer=viewer, plan=plan, waived=[Waived(code, where, reason)])


def waivers_write(*, viewer: Scope, plan: Plan, waived: Sequence[Waived]) -> None:
    """Write waivers in the caller's transaction, which has checked that the viewer may accept."""
    steps = []
    for one in waived:
        reason = plain(one.reason)
        if rule_of(one.code) is None:
            raise InvalidInput(f"There is no finding {one.code}.", field="code")
        if not reason or len(reason) > LONGEST or len(one.where) > 40:
            raise InvalidInput(f"Say why {one.code} is let pass.", field="reason")
        Waiver.objects.update_or_create(
            plan=plan,
            code=one.code,
            where=one.where,
            defaults={"reason": reason, "actor": viewer.actor, "at": clock.now()},
        )
        after = {"code": one.code, "where": one.where, "reason": reason}
        steps.append(Step("waive", HEAD, plan.uid, one.code, {}, {**after}))
        plan_audited(viewer=viewer, plan=plan, action="plan.waive", detail=f"{one.code}: {reason}")
    if steps:
        steps_write(viewer=viewer, plan=plan, steps=steps)


@transaction.atomic
def severity_set(*, viewer: Scope, code: str, severity: str) -> None:
    """Say how serious the organisation holds a finding to be; empty: as its rule says.

    Raises NotAllowed for anybody but an administrator, InvalidInput.
    """
    if not viewer.may_administer:
        raise NotAllowed("Only administrators set severities.", mend="Ask one of them.")
    rule = rule_of(code)
    if rule is None:
        raise InvalidInput(f"There is no finding {code}.", field="code")
    if severity and severity not in SEVERITIES:
        raise InvalidInput("Choose error, warning or note.", field="severity")
    rows = FindingSeverity.objects.filter(code=code)
    before = rows.values_list("severity", flat=True).first() or rule.severity
    if severity and severity != rule.severity:
        FindingSeverity.objects.update_or_create(code=code, defaults={"severity": severity})
    else:
        rows.delete()
    audit_record(
        viewer_actor=viewer.actor,
        action="finding.severity",
        kind="finding",
        key=code,
        label=rule.name,
        detail={"severity": {"from": before, "to": severity or rule.severity}},
    )
