"""A quarter's plan is cut from its year's, next year's from this year's."""

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan
from groundplan.plans.rules.copying import Days, next_parts, quarter_parts
from groundplan.plans.rules.periods import follows, is_quarter_of, period_of
from groundplan.plans.selectors.graphs import graph_of_plan
from groundplan.plans.selectors.plans import plan_of

from .bulk import parts_write
from .plans import plan_create
from .writing import writer_required


@transaction.atomic
def plan_cut(*, viewer: Scope, uid: str, period: str) -> Plan:
    """The plan of a quarter of the plan's year, or of a later period with what is unfinished.

    The new plan names the one that it was cut from as its previous one, and has its vision.
    Raises NotFound, NotAllowed, InvalidInput for a period that doesn't follow, Conflict where
    there is such a plan.
    """
    source = plan_of(viewer, uid, lock=True)
    writer_required(viewer, source)
    covered = period_of(calendar(), period)
    is_quarter = is_quarter_of(period, source.period)
    if not follows(covered, source.period, source.ends_on):
        raise InvalidInput(
            "Choose one of its quarters, or a later period.", field="period", mend="As FY2028."
        )
    plan = plan_create(
        viewer=viewer,
        subject=source.subject,
        period=period,
        owner_uid=str(source.owner.uid),
        account_uid=str(source.account.uid) if source.account else None,
        parent_uid=uid if is_quarter else None,
        previous_uid=uid,
        prefill=False,
    )
    plan.vision, plan.manager_id = source.vision, source.manager_id
    plan.save(update_fields=["vision", "manager"])
    days = Days(covered.starts_on, covered.ends_on)
    parts = (quarter_parts if is_quarter else next_parts)(graph_of_plan(source), days)
    parts_write(viewer=viewer, plan=plan, parts=parts)
    return plan
