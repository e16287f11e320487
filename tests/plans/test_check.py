"""The plan check: nothing in a good plan, and each failure planted alone gives its finding."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from groundplan.plans.contracts import Graph, Signature, Surroundings
from groundplan.plans.rules.checking import check, register, rules
from groundplan.plans.rules.findings import RULES
from groundplan.plans.rules.rule import Hit, Rule
from groundplan.plans.rules.texts import told

from .good import CONTOSO, NORTHWIND, SURROUNDINGS, assumption, good_plan, uid, with_strategies

Planting = Callable[[Graph], Graph]


def placed(plan: Graph, place: str, parts: Sequence[Any]) -> Graph:
    chosen: dict[str, Any] = {place: tuple(parts)}
    return replace(plan, **chosen)


def edited(place: str, name: str, **values: Any) -> Planting:
    """The plan with other values in one part."""

    def plant(plan: Graph) -> Graph:
        parts = getattr(plan, place)
        assert uid(name) in {part.uid for part in parts}
        changed = [replace(one, **values) if one.uid == uid(name) else one for one in parts]
        return placed(plan, place, changed)

    return plant


def without(*named: tuple[str, str]) -> Planting:
    def plant(plan: Graph) -> Graph:
        for place, name in named:
            left = tuple(one for one in getattr(plan, place) if one.uid != uid(name))
            assert len(left) < len(getattr(plan, place))
            plan = placed(plan, place, left)
        return plan

    return plant


def head(**values: Any) -> Planting:
    return lambda plan: replace(plan, plan=replace(plan.plan, **values))


def unsigned(plan: Graph) -> Graph:
    first, second = plan.plan.signatures
    return head(signatures=(first, replace(second, is_signed=False)))(plan)


def assumed(plan: Graph) -> Graph:
    """Everything that isn't a strategy's only fact becomes an assumption."""
    guesses = (assumption("Surely"), assumption("Probably"), assumption("I think"))
    return edited("answers", "answer", evidence=guesses)(
        replace(
            plan,
            opportunities=tuple(replace(one, evidence=()) for one in plan.opportunities),
        )
    )


PLANTED: dict[str, tuple[Planting, str]] = {
    "GP101": (edited("goals", "goal service", title="Make 110 % of quota"), "goal service"),
    "GP102": (edited("objectives", "objective service", goal=None), "goal service"),
    "GP103": (edited("strategies", "service", goals=(uid("goal service"),)), "goal displace"),
    "GP104": (lambda plan: replace(plan, goals=()), "goals"),
    "GP202": (lambda plan: with_strategies(6), "strategies"),
    "GP203": (edited("objectives", "objective service", strategy=None), "service"),
    "GP204": (edited("strategies", "service", evidence=(assumption("Surely"),)), "service"),
    "GP205": (without(("initiatives", "work service"), ("tactics", "tactic service")), "service"),
    "GP206": (without(("tactics", "tactic service")), "work service"),
    "GP301": (edited("objectives", "objective service", target=None), "objective service"),
    "GP302": (edited("objectives", "objective service", due_on=None), "objective service"),
    "GP303": (
        lambda plan: replace(
            plan,
            tactics=tuple(
                replace(one, objectives=(uid("objective displace"),)) for one in plan.tactics
            ),
        ),
        "objective service",
    ),
    "GP304": (
        edited("objectives", "objective service", target=Decimal(2_000_000)),
        "objective service",
    ),
    "GP401": (edited("tactics", "tactic service", owner=None), "tactic service"),
    "GP402": (edited("tactics", "tactic service", due_on=None), "tactic service"),
    "GP403": (edited("tactics", "tactic service", hours=None), "tactic service"),
    "GP501": (without(("contingencies", "answer to risk"), ("tactics", "prepared")), "risk"),
    "GP502": (edited("contingencies", "answer to risk", trigger=" "), "answer to risk"),
    "GP601": (edited("strategies", "service", opportunities=()), "opportunity service"),
    "GP701": (assumed, "assessment"),
    "GP702": (head(next_review_on=None), "accountability"),
    "GP703": (head(manager=None), "team"),
    "GP704": (unsigned, "work"),
    "GP705": (head(signatures=()), "team"),
    "GP706": (head(is_double=True), "vision"),
}


def found(plan: Graph, surroundings: Surroundings = SURROUNDINGS) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in check(plan, surroundings).findings]


def where(name: str) -> str:
    places = {"goals", "strategies", "assessment", "accountability", "team", "work", "vision"}
    return name if name in places else str(uid(name))


def test_nothing_is_found_in_a_good_plan() -> None:
    checked = check(good_plan(), SURROUNDINGS)
    assert (checked.findings, checked.fact_ratio) == ((), 1.0)


@pytest.mark.parametrize("code", PLANTED)
def test_a_failure_planted_alone_gives_exactly_its_finding(code: str) -> None:
    plant, name = PLANTED[code]
    assert found(plant(good_plan())) == [(code, where(name))]


def test_a_plan_with_one_strategy_is_a_bet_and_so_is_each_of_its_goals() -> None:
    plan = replace(with_strategies(1), goals=good_plan().goals[:1])
    assert found(plan) == [("GP201", "strategies"), ("GP103", str(uid("goal service")))]


def test_the_five_questions_are_asked_of_accounts_that_strategies_cite() -> None:
    asked = replace(SURROUNDINGS, open_questions={NORTHWIND: ("market",), "elsewhere": ("inside",)})
    assert found(good_plan(), asked) == [("GP801", str(uid("service")))]
    finding = check(good_plan(), asked).findings[0]
    assert finding.values == {"accounts": "Northwind", "count": "1", "questions": "market"}
    assert found(edited("strategies", "service", opportunities=())(good_plan()), asked) == [
        ("GP601", str(uid("opportunity service")))
    ]


def test_the_assessment_may_answer_what_the_profile_leaves_open() -> None:
    asked = replace(SURROUNDINGS, open_questions={NORTHWIND: ("market",)})
    plan = edited("answers", "answer", question="market", account=NORTHWIND)(good_plan())
    assert found(plan, asked) == []
    assert found(edited("answers", "answer", account=CONTOSO)(plan), asked) != []


def test_an_account_s_plan_is_asked_the_five_questions_once() -> None:
    asked = replace(SURROUNDINGS, open_questions={NORTHWIND: ("inside", "market")})
    plan = head(subject="account", account=NORTHWIND, account_name="Northwind")(good_plan())
    assert found(plan, asked) == [("GP801", "assessment")]


def test_every_rule_is_planted() -> None:
    assert {rule.code for rule in RULES} == {*PLANTED, "GP201", "GP801"}


@pytest.mark.parametrize(
    ("title", "is_copy"),
    [
        ("Make quota", True),
        ("Achieve 105% of the revenue goal", True),
        ("Exceed our number", True),
        ("Quota attainment", True),
        ("Reach €1,250,000", True),
        ("1.25M in new contracts", True),
        ("1250k", True),
        ("1.250.000 EUR", True),
        ("Sell for 1'250'000 francs", True),
        ("Reach €1,100,000", False),
        ("Be the first call of 3 of 5 hospitals", False),
        ("The quota system of the customs office runs on our servers", False),
        ("Double the revenue from service", False),
        ("Make us the number one supplier of hospitals", False),
        ("Reach the number of sites that a second technician needs", False),
        ("Make our number for the year", True),
        ("FY2027: nobody waits for parts", False),
    ],
)
def test_a_goal_that_copies_the_quota_is_told_by_words_and_by_amount(
    title: str, is_copy: bool
) -> None:
    plan = edited("goals", "goal service", title=title)(good_plan())
    assert found(plan) == ([("GP101", str(uid("goal service")))] if is_copy else [])


def test_an_outlier_needs_a_justification_and_a_part_can_only_be_too_high() -> None:
    def objective(**values: Any) -> list[str]:
        plan = edited("objectives", "objective service", **values)(good_plan())
        return [code for code, _ in found(plan)]

    assert objective(target=Decimal(700_000)) == ["GP304"]
    assert objective(target=Decimal(700_000), tier="A") == []
    assert objective(target=Decimal(1_400_001), tier="A") == ["GP304"]
    assert objective(target=Decimal(1_400_000)) == []
    assert objective(target=Decimal(2_000_000), justification="Signed in December") == []
    assert objective(target=Decimal(300_000), per="quarter") == []
    assert objective(target=Decimal(400_000), per="quarter") == ["GP304"]


def test_a_tactic_that_names_no_objective_works_for_those_of_its_strategy() -> None:
    assert found(with_strategies(3)) == []


def test_what_was_dropped_needs_no_owner_and_carries_no_objective() -> None:
    dropped = {"status": "dropped", "owner": None, "due_on": None, "hours": None}
    one = edited("tactics", "tactic service", **dropped)
    both = edited("tactics", "tactic displace", **dropped)
    assert found(one(good_plan())) == []
    assert {code for code, _ in found(both(one(good_plan())))} == {"GP303"}


def test_a_review_day_that_has_passed_is_no_next_review() -> None:
    past = head(next_review_on=date(2027, 1, 31))(good_plan())
    assert found(past) == [("GP702", "accountability")]
    assert found(head(state="closed")(past)) == []


def test_an_empty_plan_gives_findings_and_no_ratio() -> None:
    empty = Graph(replace(good_plan().plan, manager=None, next_review_on=None, signatures=()))
    checked = check(empty, SURROUNDINGS)
    assert [one.code for one in checked.findings] == ["GP104", "GP201", "GP702", "GP703", "GP705"]
    assert (checked.fact_ratio, checked.cited) == (None, 0)


def test_the_organisation_sets_severities_and_waived_errors_stop_nothing() -> None:
    plan = edited("tactics", "tactic service", owner=None)(good_plan())
    at = str(uid("tactic service"))
    assert [one.code for one in check(plan, SURROUNDINGS).errors] == ["GP401"]
    milder = replace(SURROUNDINGS, severities={"GP401": "note"})
    assert [one.severity for one in check(plan, milder).findings] == ["note"]
    waived = check(plan, replace(SURROUNDINGS, waived=frozenset({("GP401", at)})))
    assert ([one.is_waived for one in waived.findings], waived.errors) == ([True], ())
    elsewhere = check(plan, replace(SURROUNDINGS, waived=frozenset({("GP401", "x")})))
    assert len(elsewhere.errors) == 1


def test_findings_come_worst_first() -> None:
    plan = edited("strategies", "service", opportunities=(), evidence=())(good_plan())
    assert [one.severity for one in check(plan, SURROUNDINGS).findings] == ["error", "warning"]


def test_another_room_s_rule_is_asked_and_its_code_is_its_own() -> None:
    overload = Rule("GP901", "Overload", "note", "{label}", "", "", lambda *_: [Hit("capacity")])
    chosen = (*rules(), overload)
    assert [one.code for one in check(good_plan(), SURROUNDINGS, rules=chosen).findings] == [
        "GP901"
    ]
    with pytest.raises(ValueError, match="GP101"):
        register(replace(overload, code="GP101"))


@pytest.mark.parametrize("code", [*PLANTED, "GP801"])
def test_every_text_can_be_filled(code: str) -> None:
    plan = PLANTED[code][0](good_plan()) if code in PLANTED else good_plan()
    asked = replace(SURROUNDINGS, open_questions={NORTHWIND: ("market",)})
    for finding in check(plan, asked).findings:
        words = told(finding)
        assert words.message
        assert words.why
        assert words.mend
        assert "{" not in words.message + words.why + words.mend


def test_texts_are_translated_before_they_are_filled() -> None:
    plan = edited("goals", "goal service", title="Make {quota}")(good_plan())
    (finding,) = check(plan, SURROUNDINGS).findings
    assert told(finding, lambda text: text.upper().replace("{LABEL}", "{label}")).message == (
        "THE GOAL “Make {quota}” REPEATS THE QUOTA."
    )


def test_the_fact_ratio_is_told_with_what_lowers_it() -> None:
    plan = edited("answers", "answer", evidence=())(good_plan())
    checked = check(plan, SURROUNDINGS)
    assert (checked.findings, checked.fact_ratio) == ((), 4 / 5)
    ((where, cited),) = checked.assumptions
    assert (where, cited.evidence.label) == (uid("answer"), "Where is the room to grow?")


def test_two_who_have_yet_to_sign_one_part_are_one_finding() -> None:
    signatures = (Signature(2, "Tom", "work", False), Signature(1, "Olivia", "work", False))
    (finding,) = check(head(signatures=signatures)(good_plan()), SURROUNDINGS).findings
    assert finding.values == {"persons": "Olivia, Tom"}
