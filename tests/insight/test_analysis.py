"""The analysis from the book to what each viewer is shown, on the small book."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.conftest import TODAY, SmallBook, book_create, cast_create
from tests.worlds import KeptWorld

from groundplan.book.models import Quota
from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.models import AccountResult, AnalysisRun, TierOverride
from groundplan.insight.selectors import (
    characteristics,
    performance,
    results_of,
    run_summary,
    tier_explanation,
    whitespace_totals,
    year_lands,
)
from groundplan.insight.selectors.trials import tier_trial
from groundplan.insight.services import analyse, insight_settings_update
from groundplan.insight.services.rule_sets import RuleSet, rule_set, rule_set_back, rule_set_keep
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.measures.tiers import Limits
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.snapshots.selectors import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> Iterator[SmallBook]:
    """The small book after its first analysis, on the day that tests live in."""
    book = kept_world(_analysed)
    with clock.fixed(TODAY):
        yield book


def _analysed() -> SmallBook:
    book = book_create(cast_create())
    olivia = book.cast.olivia.person
    assert olivia is not None
    Quota.objects.create(
        person=olivia,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 12, 31),
        amount=Decimal(73_000),
    )
    with clock.fixed(TODAY):
        analyse()
    return book


def test_before_the_first_analysis_there_is_nothing_and_no_error(book: SmallBook) -> None:
    viewer = book.cast.see("olivia")
    assert not results_of(viewer).exists()
    assert performance(viewer) == ()
    assert year_lands(viewer) is None
    assert run_summary(viewer) is None
    assert whitespace_totals(viewer, "tier") == ()
    assert tier_trial(viewer, (), Limits()) is None
    with pytest.raises(NotFound):
        tier_explanation(viewer, book.alder.pk)


def test_an_analysis_gives_every_account_a_result_and_shows_it(analysed: SmallBook) -> None:
    shown = current()
    assert shown is not None
    results = AccountResult.objects.filter(run__uid=shown.results_uid)
    assert results.count() == 6
    alder = results.get(account=analysed.alder)
    assert alder.owned_products == 1
    assert [alder.weighted, alder.recognised, alder.goal] == [16_000, 25_000, 100_000]
    # The only product not owned is being offered already, so nothing of Alder is whitespace.
    assert alder.whitespace == 0
    assert alder.expected == 16_000


def test_a_second_analysis_replaces_the_first_ones_rows(analysed: SmallBook) -> None:
    first = current()
    analyse()
    second = current()
    assert first is not None
    assert second is not None
    assert second.results_uid != first.results_uid
    assert set(AccountResult.objects.values_list("run__uid", flat=True)) == {second.results_uid}
    assert first.results.is_dir(), "its numbers can still be explained"
    assert AnalysisRun.objects.filter(finished_at__isnull=False).count() == 2


def test_everybody_sees_results_of_their_own_accounts_only(analysed: SmallBook) -> None:
    def names(who: str) -> set[str]:
        found = results_of(analysed.cast.see(who))
        return set(found.values_list("account__name", flat=True))

    assert names("oscar") == {"Umbra Chemicals"}
    assert names("vic") == {"Alder Foods"}
    assert "Umbra Chemicals" not in names("maya")
    assert len(names("liam")) == 6


def test_a_persons_decision_on_a_tier_counts_while_it_holds(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("liam")
    lasting = {"tier": "A", "reason": "key account", "author": "x", "at": clock.now()}
    TierOverride.objects.create(account=analysed.umbra, **lasting)
    TierOverride.objects.create(account=analysed.cobalt, expires_on=date(2026, 11, 21), **lasting)
    tiers = dict(results_of(viewer).values_list("account__name", "effective_tier"))
    assert tiers["Umbra Chemicals"] == "A"
    assert tiers["Cobalt Motors"] == "C"


def test_performance_by_person_adds_up_to_performance_by_quarter(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("liam")
    people = performance(viewer, by="owner")
    quarters = performance(viewer, by="quarter")
    olivia = next(row for row in people if row.label == "Olivia")
    assert olivia.total.goal == 73_000
    assert olivia.total.recognised == 25_000
    assert olivia.total.weighted == 16_000
    assert olivia.total.gap == -32_000
    assert sum(row.total.forecast for row in people) == sum(row.total.forecast for row in quarters)
    assert [row.total.goal for row in quarters] == [18_000, 18_200, 18_400, 18_400]


def test_performance_by_account_prorates_its_goal(analysed: SmallBook) -> None:
    (row, *_) = performance(analysed.cast.see("olivia"), by="account", periods=["FY2026"])
    assert row.label == "Alder Foods"
    assert [row.total.goal, row.total.forecast] == [100_000, 41_000]
    quarters = performance(analysed.cast.see("olivia"), by="account")
    assert sum(part.goal for part in quarters[0].periods) == 100_000


def test_an_outsiders_performance_leaves_out_other_branches(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("oscar")
    assert performance(viewer, by="owner") == ()
    assert performance(viewer, by="account") == ()
    assert all(row.total.forecast == 0 for row in performance(viewer, by="quarter"))
    landing = year_lands(viewer)
    assert landing is not None
    assert landing.total.forecast == 0


def test_an_unknown_period_is_refused(analysed: SmallBook) -> None:
    with pytest.raises(InvalidInput):
        performance(analysed.cast.see("liam"), periods=["FY2026-Q9"])


def test_the_year_lands_where_its_months_add_up_to(analysed: SmallBook) -> None:
    landing = year_lands(analysed.cast.see("liam"))
    assert landing is not None
    assert landing.total.forecast == 41_000
    assert landing.months[2].month.recognised == 25_000
    assert landing.months[10].so_far.forecast == 25_000
    assert landing.months[11].so_far.forecast == 41_000


def test_whitespace_adds_up_to_the_same_sum_by_every_dimension(analysed: SmallBook) -> None:
    for who in ("liam", "maya", "oscar"):
        viewer = analysed.cast.see(who)
        sums = {
            sum(one.expected for one in whitespace_totals(viewer, dimension))
            for dimension in ("segment", "category", "owner", "tier", "industry")
        }
        assert len(sums) == 1, who
    assert sums != {0}


def test_a_tier_is_explained_by_the_rules_it_was_made_from(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("liam")
    widgets = [str(analysed.widget.uid)]
    rules = (
        CharacteristicRow(None, "Food", "industry", "in", ["food"], 1, True, 0),
        CharacteristicRow(None, "Has widgets", "products", "owns_product", widgets, 2, True, 1),
    )
    rule_set_keep(viewer=viewer, wanted=RuleSet(rules), mark=rule_set().mark)
    analyse()
    why = tier_explanation(analysed.cast.see("vic"), analysed.alder.pk)
    assert [(rule.name, rule.met, rule.actual) for rule in why.rules] == [
        ("Food", True, "Food"),
        ("Has widgets", True, None),
    ]
    assert (why.score, why.met, why.tier) == (3, 2, "A")
    with pytest.raises(NotFound):
        tier_explanation(analysed.cast.see("oscar"), analysed.alder.pk)
    for limits in (Limits(a_from=3, b_from=1), Limits("count", 2, 1)):
        tried = tier_trial(viewer, rules, limits)
        assert tried is not None
        thens = Counter(dict.fromkeys("ABC", 0))
        for (_was, becomes), accounts in tried.trial.moved.items():
            thens[becomes] += accounts
        assert thens == {"A": 1, "B": 1, "C": 4}
        assert tried.trial.met == (2, 1)


def test_settings_are_for_leaders_and_must_make_sense(analysed: SmallBook) -> None:
    with pytest.raises(NotAllowed):
        insight_settings_update(viewer=analysed.cast.see("maya"))
    with pytest.raises(InvalidInput):
        insight_settings_update(viewer=SYSTEM, segment_by=["shoe size"])
    with pytest.raises(InvalidInput):
        insight_settings_update(viewer=SYSTEM, tier_a_from=1, tier_b_from=2)
    insight_settings_update(viewer=SYSTEM, segment_by=["industry"], tier_by="count")
    analyse()
    summary = run_summary(SYSTEM)
    assert summary is not None
    assert summary.segment_attributes == ("industry",)
    assert not summary.segments_automatic
    assert summary.thresholds.by == "count"


def test_changing_a_default_characteristic_keeps_the_others(analysed: SmallBook) -> None:
    viewer = analysed.cast.see("liam")
    before = characteristics()
    assert all(row.uid is None for row in before)
    large = CharacteristicRow(None, "Large", "employees", "at_least", 400, 1, True, 99)

    def keep(who: Scope, added: CharacteristicRow) -> int:
        wanted = RuleSet((*before, added))
        return rule_set_keep(viewer=who, wanted=wanted, mark=RuleSet(characteristics()).mark)

    entry = keep(viewer, large)
    assert [row.name for row in characteristics()] == [*(row.name for row in before), "Large"]
    with pytest.raises(InvalidInput):
        keep(viewer, replace(large, value="many"))
    with pytest.raises(NotAllowed):
        keep(analysed.cast.see("olivia"), large)
    rule_set_back(viewer=viewer, entry=entry)
    assert characteristics() == before
