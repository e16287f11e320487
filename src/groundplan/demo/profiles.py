"""Profile statements: sentences about accounts, with their sources or as assumptions."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from .companies import Company
from .contacts import Person
from .words import COMPETITORS

_TEXTS: dict[str, tuple[str, ...]] = {
    "financial_environment": (
        (
            "Margins fell by about two points last year; capital requests above {limit} go to the "
            "group's investment committee."
        ),
        "Cash is healthy and the board has released {limit} for laboratory renewal.",
        "Energy costs weigh on the result, so projects that pay back within 18 months go first.",
    ),
    "target_markets": (
        (
            "Half of revenue comes from three buyers in {country}; the plan is to reach two more "
            "countries by the end of next year."
        ),
        "Grows fastest with contract customers who ask for documented methods.",
    ),
    "product_lines": (
        (
            "Two of the five product lines are being moved to a shared plant, which needs one set "
            "of test methods."
        ),
        "A premium line is to be launched next spring and will be released batch by batch.",
    ),
    "market_dynamics": (
        "Buyers now ask for a certificate of analysis with each delivery.",
        "New limits on trace substances come into force in 14 months and touch most of the range.",
        "Smaller rivals are merging; prices for standard grades are under pressure.",
    ),
    "market_position": (
        "Number two in {country} in its main segment, with the better name for consistency.",
        "Known as a reliable second source; wants to be the first one for at least one customer.",
    ),
    "political_landscape": (
        "{department} and Procurement disagree on whether to standardise on one supplier.",
        "The new head of {department} came from a plant that worked with {rival}.",
        "Site heads decide up to {limit}; above that the group's engineering board has a veto.",
    ),
    "culture": (
        "Engineers decide by trial: nothing is bought that has not run on their own samples.",
        "Cautious and thorough; decisions take two rounds and are then kept.",
    ),
    "buying_habits": (
        "Framework agreements are renewed in the last quarter of the calendar year.",
        "Consumables are ordered monthly by the stores, instruments once a year by project.",
        "Prefers three offers for anything above {limit} and gives weight to service response.",
    ),
    "success_measures": (
        "The laboratory is measured on turnaround: 48 hours from sample to released result.",
        "Plant managers report right-first-time batches every week; last figure was {percent} %.",
    ),
    "key_initiatives": (
        "A paperless laboratory programme runs at two sites and is to reach the others by {year}.",
        "In-line measurement is to replace a third of the laboratory samples by {year}.",
        "A second shift starts in the release laboratory next quarter.",
    ),
    "challenges": (
        "Cannot hire enough analysts; overtime in the laboratory has doubled since spring.",
        "Two audit findings on audit trails are still open.",
        "Unplanned downtime of ageing instruments cost {percent} working days last year.",
    ),
    "customer_goals": (
        "Wants to cut the cost of a released batch by {percent} % until {year}.",
        "Wants all sites on one method library by {year}.",
        "Wants to halve the water used for each tonne produced by {year}.",
    ),
    "revenue_targets": (
        "Plans to grow by {percent} % next year, mostly with existing customers.",
        "Told its lenders to expect flat revenue and better margins until {year}.",
    ),
}
_CONFIDENCES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about an account; without a `source` it is an assumption."""

    account: str
    topic: str
    text: str
    source: str
    as_of: date
    confidence: str
    login: str


def statements(
    accounts: list[Company], people: list[Person], today: date, draw: np.random.Generator
) -> list[Statement]:
    """Statements about two in five accounts, more about larger ones; a third are assumptions and
    a quarter is older than a year."""
    known: dict[str, list[Person]] = {}
    for person in people:
        known.setdefault(person.account, []).append(person)
    made: list[Statement] = []
    for company in accounts:
        if not company.owner or draw.random() < 0.6:
            continue
        wanted = min(9, 2 + int(draw.poisson(company.employees**0.5 / 20)))
        for place in draw.permutation(len(_TEXTS))[:wanted]:
            topic = list(_TEXTS)[int(place)]
            made.append(_statement(company, topic, known.get(company.key, []), today, draw))
    return made


def _statement(
    company: Company,
    topic: str,
    people: list[Person],
    today: date,
    draw: np.random.Generator,
) -> Statement:
    assumed = draw.random() < 0.33
    ago = int(draw.integers(365, 700)) if draw.random() < 0.25 else int(draw.integers(5, 300))
    as_of = today - timedelta(days=ago)
    sureness = 0 if assumed else 1
    return Statement(
        account=company.key,
        topic=topic,
        text=_text(company, topic, people, today, draw),
        source="" if assumed else _source(company, people, as_of, draw),
        as_of=as_of,
        confidence=_CONFIDENCES[sureness + int(draw.random() < 0.5)],
        login=company.owner,
    )


def _text(
    company: Company, topic: str, people: list[Person], today: date, draw: np.random.Generator
) -> str:
    choices = _TEXTS[topic]
    departments = [person.department for person in people] or ["Quality"]
    return choices[int(draw.integers(len(choices)))].format(
        limit=f"{int(draw.choice((25, 50, 75, 100, 250)))},000 dollars",
        country=company.country,
        department=departments[0],
        rival=COMPETITORS[int(draw.integers(len(COMPETITORS)))],
        percent=int(draw.integers(4, 19)),
        year=today.year + int(draw.integers(1, 4)),
    )


def _source(company: Company, people: list[Person], as_of: date, draw: np.random.Generator) -> str:
    sources = [
        f"Annual report {as_of.year - 1}, page {int(draw.integers(6, 90))}",
        f"Press release of {as_of:%d %B %Y}",
        f"Interview in the trade journal, {as_of:%B %Y}",
        f"Tender documents, {company.country}, {as_of:%B %Y}",
    ]
    sources += [f"{person.name}, {person.title}, in a meeting" for person in people[:3]]
    return sources[int(draw.integers(len(sources)))]
