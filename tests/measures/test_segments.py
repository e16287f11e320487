"""Which segmentation is chosen, and what is honoured, merged and reported."""

import random
from collections import Counter

import pytest

from groundplan.engine.owned import read_owned
from groundplan.measures.segments import Candidate, CandidateScore, SegmentChoice, choose_segments
from groundplan.measures.segments.choose import ONE_SEGMENT, SMALLEST_SEGMENT, best

from .facts import AS_OF, YEAR_AGO, Bought, Facts, connection, days_ago


def tastes(accounts: int = 400, *, shuffled: bool = False) -> Facts:
    """Food buys products 1 to 3, Energy 4 to 6; shuffled, industries say nothing."""
    chance = random.Random(7)
    facts = Facts(accounts=accounts, products=6)
    kinds = {number: chance.choice(["Food", "Energy"]) for number in range(1, accounts + 1)}
    for number, kind in kinds.items():
        liked = range(1, 4) if kind == "Food" else range(4, 7)
        for product in range(1, 7):
            if chance.random() < (0.6 if product in liked else 0.05):
                facts.purchases.append(Bought(number, product, days_ago(chance.randint(1, 360))))
    labels = list(kinds.values())
    if shuffled:
        chance.shuffle(labels)
    facts.industries = dict(zip(kinds, labels, strict=True))
    return facts


def choose(facts: Facts, *names: str) -> tuple[SegmentChoice, Counter[str]]:
    database = connection(facts)
    owned = read_owned(database)
    choice = choose_segments(database, owned, as_of=AS_OF, year_ago=YEAR_AGO, segment_by=names)
    labels = database.execute(
        "SELECT s.label FROM account_segments AS a JOIN segments AS s USING (segment_id)"
    ).fetchall()
    sizes = dict(database.execute("SELECT label, accounts FROM segments").fetchall())
    counted = Counter(label for (label,) in labels)
    assert {label: size for label, size in sizes.items() if size} == counted
    return choice, counted


def test_an_attribute_that_foretells_purchases_is_chosen_and_its_gain_told() -> None:
    choice, segments = choose(tastes())
    assert choice.chosen == Candidate(("industry",))
    assert choice.automatic
    assert choice.gain > 0.1
    assert set(segments) == {"Food", "Energy"}
    assert choice.scores[0].log_likelihood >= choice.scores[-1].log_likelihood


def test_an_attribute_that_foretells_nothing_is_left_alone() -> None:
    choice, segments = choose(tastes(shuffled=True))
    assert choice.chosen == ONE_SEGMENT
    assert choice.gain == 0
    assert segments == {"All accounts": 400}


def test_what_a_person_chose_is_honoured_even_if_it_foretells_nothing() -> None:
    choice, segments = choose(tastes(shuffled=True), "industry")
    assert not choice.automatic
    assert choice.gain < 0.01
    assert set(segments) == {"Food", "Energy"}


def test_small_groups_are_put_together() -> None:
    facts = Facts(accounts=100, products=1, purchases=[Bought(1, 1, days_ago(10))])
    facts.industries = dict.fromkeys(range(1, 60), "Food")
    facts.industries |= {number: f"Niche {number}" for number in range(60, 101)}
    _, segments = choose(facts, "industry")
    assert segments == {"Food": 59, "Other": 41}
    assert segments["Food"] >= SMALLEST_SEGMENT


def test_it_works_without_industry_or_size() -> None:
    """Who buys broadly goes on doing so; nothing else is known of anybody."""
    chance = random.Random(3)
    facts = Facts(accounts=400, products=12)
    for number in range(1, 401):
        eager = number % 2 == 0
        for product in range(1, 13):
            if chance.random() < (0.45 if eager else 0.04):
                facts.purchases.append(Bought(number, product, days_ago(chance.randint(366, 700))))
            elif chance.random() < (0.5 if eager else 0.02):
                facts.purchases.append(Bought(number, product, days_ago(chance.randint(1, 360))))
    choice, segments = choose(facts)
    assert choice.gain > 0.05
    assert set(choice.chosen.attributes) <= {"breadth", "spend", "recency"}
    assert len(segments) > 1


@pytest.mark.parametrize("facts", [Facts(), Facts(accounts=1), Facts(products=1)])
def test_hardly_any_facts_make_one_segment(facts: Facts) -> None:
    choice, segments = choose(facts)
    assert choice.chosen == ONE_SEGMENT
    assert sum(segments.values()) == facts.accounts


def test_a_further_attribute_must_gain_clearly() -> None:
    def score(likelihood: float, *names: str) -> CandidateScore:
        return CandidateScore(Candidate(names), 50, likelihood, 10, 100, 2)

    one = score(-1000.0)
    assert best([one, score(-998.0, "industry")]) == ONE_SEGMENT
    assert best([one, score(-990.0, "industry")]) == Candidate(("industry",))
    both = score(-989.0, "industry", "size")
    assert best([one, score(-990.0, "industry"), both]) == Candidate(("industry",))
    assert best([]) == ONE_SEGMENT
