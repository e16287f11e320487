"""A plan's whole way, from what is suggested to what was accepted and changed since."""

from tests.conftest import SmallBook

from groundplan.plans.models import PlanChange, PlanPart
from groundplan.plans.selectors import check, graph, versions_of
from groundplan.plans.services import (
    change_undo,
    part_add,
    part_update,
    parts_keep,
    plan_accept,
    plan_begin,
    plan_create,
    plan_revise,
    plan_submit,
)


def test_a_plan_goes_its_whole_way(book: SmallBook) -> None:
    olivia, maya = book.cast.see("olivia"), book.cast.see("maya")
    plan = plan_create(viewer=olivia, subject="territory", period="FY2027")
    uid = str(plan.uid)

    def add(kind: str, parent: str | None = None, suggested: bool = False, **values: str) -> str:
        done = part_add(
            viewer=olivia,
            plan_uid=uid,
            kind=kind,
            values=values,
            parent_uid=parent,
            suggested=suggested,
        )
        return str(done.uid)

    offers = [add("opportunity", suggested=True, title=f"Offer {one}") for one in range(3)]
    parts_keep(viewer=olivia, uids=offers)
    goal = add("goal", title="Be first at rings")
    strategy = add("strategy", title="Ring it", goals=goal, opportunities=",".join(offers))
    work = add("initiative", strategy, title="Visits")
    add("tactic", work, title="Call", owner="olivia", due_on="2027-03-01", hours="4")
    objective = add(
        "objective", title="Meetings", metric="meetings", target="12", strategy=strategy, goal=goal
    )
    assert not any(one.is_suggested for one in graph(olivia, uid).opportunities)
    plan_submit(viewer=olivia, uid=uid)
    errors = check(maya, uid).errors
    waived = [(one.code, one.where, "Agreed") for one in errors]
    assert plan_accept(viewer=maya, uid=uid, waivers=waived).state == "accepted"
    assert plan_begin(viewer=olivia, uid=uid).state == "in_execution"
    assert plan_revise(viewer=olivia, uid=uid).number == 2
    done = part_update(viewer=olivia, uid=objective, values={"target": "20", "tier": "A"})
    change_undo(viewer=olivia, plan_uid=uid, number=done.number)
    assert PlanPart.objects.get(uid=objective).values["target"] == "12"
    assert [one.state for one in versions_of(olivia, uid)] == ["accepted", "submitted"]
    numbers = PlanChange.objects.filter(plan=plan).order_by("pk").values_list("number", flat=True)
    assert list(numbers) == sorted(numbers)
