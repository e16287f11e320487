"""What holds for the check of every plan, however holed."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from groundplan.plans.contracts import AnyPart, Graph, Surroundings
from groundplan.plans.rules.canonical import canonical, checksum, graph_from
from groundplan.plans.rules.checking import SEVERITIES, check
from groundplan.plans.rules.kept import kept
from groundplan.plans.rules.texts import told

from .drawn import PARTS_OF_A_PLAN, PLANS, plan_of
from .good import NORTHWIND, SURROUNDINGS

ASKED = replace(SURROUNDINGS, open_questions={NORTHWIND: ("inside", "market")})


def ratio(plan: Graph) -> tuple[int, int]:
    """Facts and pieces of evidence, counted the long way."""
    facts = cited = 0
    for part in plan.parts():
        if part.is_suggested or not hasattr(part, "evidence"):
            continue
        name = type(part).__name__
        says = name in ("Strategy", "ChosenOpportunity") or (
            name == "Answer" and bool(part.text.strip() or part.rating)  # type: ignore[union-attr]
        )
        facts += sum(1 for one in part.evidence if one.is_fact)
        cited += len(part.evidence) or int(says)
    return facts, cited


@given(PLANS)
def test_every_finding_of_every_plan_can_be_told_and_points_somewhere(plan: Graph) -> None:
    places = {str(part.uid) for part in plan.parts()}
    sections = {"goals", "strategies", "assessment", "accountability", "team"}
    for finding in check(plan, ASKED).findings:
        assert told(finding).message
        assert finding.where in places | sections


@given(PARTS_OF_A_PLAN, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(parts: list[AnyPart], random: Random) -> None:
    mixed = random.sample(parts, len(parts))
    assert check(plan_of(parts), ASKED).findings == check(plan_of(mixed), ASKED).findings


@given(PARTS_OF_A_PLAN)
def test_suggestions_change_nothing(parts: list[AnyPart]) -> None:
    plan = plan_of(parts)
    assert check(plan, ASKED) == check(kept(plan), ASKED)
    assert not any(part.is_suggested for part in kept(plan).parts())


@given(PARTS_OF_A_PLAN, PARTS_OF_A_PLAN)
def test_adding_suggestions_changes_nothing(parts: list[AnyPart], more: list[AnyPart]) -> None:
    used = {part.uid for part in parts}
    suggested = [replace(one, is_suggested=True) for one in more if one.uid not in used]
    known = {part.uid for part in parts} | {part.uid for part in suggested}
    # Nothing hangs below a suggestion here: that would fall with it.
    above = {one.uid for one in suggested}
    standing = [one for one in parts if one.parent not in above and one.uid in known]
    assert check(plan_of([*standing, *suggested]), ASKED) == check(plan_of(standing), ASKED)


@given(PLANS)
def test_the_fact_ratio_is_that_of_the_oracle(plan: Graph) -> None:
    checked = check(plan, ASKED)
    assert (checked.facts, checked.cited) == ratio(kept(plan))
    assert len(checked.assumptions) == checked.cited - checked.facts


@given(PLANS)
def test_waiving_and_severity_change_what_stops_a_plan_but_not_what_is_found(plan: Graph) -> None:
    plain = check(plan, ASKED)
    waived = frozenset((one.code, one.where) for one in plain.findings)
    again = check(plan, replace(ASKED, waived=waived))
    assert [(one.code, one.where) for one in again.findings] == [
        (one.code, one.where) for one in plain.findings
    ]
    assert again.errors == ()


@given(PLANS)
def test_findings_come_worst_first_and_none_twice(plan: Graph) -> None:
    findings = check(plan, ASKED).findings
    ranks = [SEVERITIES.index(one.severity) for one in findings]
    assert ranks == sorted(ranks)
    assert len({(one.code, one.where) for one in findings}) == len(findings)


@given(PLANS)
def test_canonical_json_gives_the_same_plan_and_the_same_bytes(plan: Graph) -> None:
    text = canonical(plan)
    assert graph_from(text) == plan
    assert canonical(graph_from(text)) == text
    assert checksum(text) == checksum(canonical(plan))


@given(PLANS)
def test_a_plan_without_surroundings_is_checked_too(plan: Graph) -> None:
    bare = Surroundings(today=SURROUNDINGS.today)
    codes = {one.code for one in check(plan, bare).findings}
    assert not codes & {"GP304", "GP801"}
