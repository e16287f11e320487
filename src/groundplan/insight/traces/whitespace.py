"""Whitespace: cells that are free, what look-alikes say of them, and their sums."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from groundplan.insight.models import AnalysisRun
from groundplan.kernel.figures import Figure
from groundplan.kernel.money import PLACES, ZERO
from groundplan.measures.whitespace.estimate import PRODUCT_STRENGTH

from .asking import Question
from .cells import State, cells_of_account, estimate_of, left_at_accounts
from .contracts import Answer, Part
from .listing import one, parquet, rows
from .pipeline import weighted_sum
from .registry import explains


@explains("whitespace.total", "whitespace.competitor")
def total(question: Question) -> Answer:
    """The free cells of one account, or what they sum up to at each of many accounts."""
    measure = question.trace.measure
    state: State = "competitor" if measure == "whitespace.competitor" else "free"
    single = question.accounts is not None and len(question.accounts) == 1
    listing = (cells_of_account if single else left_at_accounts)(question, state)
    found = rows(question, listing)
    return Answer(question.money(found.total), measure, (), found)


@explains("expected")
def expected(question: Question) -> Answer:
    """Weighted pipeline of the fiscal year and whitespace."""
    weighted, free = weighted_sum(question), whitespace_sum(question)
    parts = (
        Part("pipeline.weighted", question.money(weighted, "pipeline.weighted")),
        Part("whitespace.total", question.money(free, "whitespace.total")),
    )
    return Answer(question.money(weighted + free), "expected", parts)


def whitespace_sum(question: Question) -> Decimal:
    """What the free cells sum up to, without the rows."""
    listing = left_at_accounts(question, "free")
    (found,) = one(f"SELECT {listing.total} FROM ({listing.sql})", listing.parameters)
    return ZERO if found is None else Decimal(found)


@explains("whitespace.expected")
def estimate(question: Question) -> Answer:
    """Probability times amount of one product at one account."""
    found = estimate_of(question)
    rate = Figure(found["probability"], "rate", "", question.sibling("whitespace.probability"))
    parts = (
        Part("whitespace.probability", rate, ""),
        Part("whitespace.amount", question.money(found["amount"], "whitespace.amount"), "×"),
    )
    # As the measure does: exact, rounded once, halves away from zero.
    exact = Decimal(str(found["probability"])) * found["amount"]
    value = exact.quantize(PLACES, rounding=ROUND_HALF_UP)
    return Answer(question.money(value), "whitespace.expected", parts)


@explains("whitespace.probability")
def probability(question: Question) -> Answer:
    """First purchases among look-alikes over those that could have made one, smoothed."""
    found = estimate_of(question)
    strength, rate = _strength(question), _overall_rate(question)
    months, hazard = _exposure(question)
    smoothed = (found["adopted"] + strength * rate) / (found["exposed"] + strength)
    value = round(1 - (1 - smoothed) ** hazard, 6)
    parts = (
        Part("adopted", Figure(found["adopted"]), ""),
        Part("exposed", Figure(found["exposed"]), "÷"),
        Part("rate", Figure(rate, "rate"), ""),
        Part("strength", Figure(strength, "score"), ""),
        Part("hazard", Figure(hazard, "score"), ""),
    )
    words = {
        "adopted": found["adopted"],
        "exposed": found["exposed"],
        "strength": f"{strength:g}",
        "rate": f"{rate:.2%}",
        "months": months,
        "hazard": f"{hazard:.3f}",
    }
    return Answer(Figure(value, "rate"), "whitespace.probability", parts, None, words)


@explains("whitespace.amount")
def first_year(question: Question) -> Answer:
    """The typical first year of look-alikes with the product."""
    found = estimate_of(question)
    return Answer(question.money(found["amount"]), "whitespace.amount")


def _strength(question: Question) -> float:
    return float(_summary(question)["segments"]["strength"])


def _exposure(question: Question) -> tuple[int, float]:
    """The months counted and how their rate is carried on; runs of before did neither."""
    told = _summary(question).get("exposure", {"months": 12, "hazard": 1.0})
    return int(told["months"]), float(told["hazard"])


def _summary(question: Question) -> dict[str, Any]:
    summary: dict[str, Any] = AnalysisRun.objects.get(uid=question.current.results_uid).summary
    return summary


def _overall_rate(question: Question) -> float:
    """The product's rate over all accounts, itself drawn to the rate of all products."""
    adopted, exposed, all_adopted, all_exposed = one(
        "SELECT sum(adopted) FILTER (product_id = $product),"
        " sum(exposed) FILTER (product_id = $product), sum(adopted), sum(exposed)"
        f" FROM {parquet(question.current.results, 'segment_products')}",
        {"product": question.product_id},
    )
    mean = float(all_adopted) / float(all_exposed) if all_exposed else 0.0
    return (float(adopted) + PRODUCT_STRENGTH * mean) / (float(exposed) + PRODUCT_STRENGTH)
