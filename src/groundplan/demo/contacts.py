"""The people at the accounts and what happened with them."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from .companies import Company

_LADDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "Quality": (
        ("VP Quality", "executive"),
        ("Head of Quality Control", "head"),
        ("QC Laboratory Lead", "lead"),
        ("QC Analyst", "specialist"),
    ),
    "Research and development": (
        ("Chief Scientific Officer", "executive"),
        ("Head of Analytical Development", "head"),
        ("Principal Scientist", "lead"),
        ("Research Associate", "specialist"),
    ),
    "Operations": (
        ("Chief Operating Officer", "executive"),
        ("Plant Director", "head"),
        ("Process Engineering Lead", "lead"),
        ("Process Engineer", "specialist"),
    ),
    "Procurement": (
        ("Chief Procurement Officer", "executive"),
        ("Category Head, Laboratory", "head"),
        ("Senior Buyer", "lead"),
        ("Buyer", "specialist"),
    ),
    "Information technology": (
        ("Chief Information Officer", "executive"),
        ("Head of Laboratory Informatics", "head"),
        ("LIMS Architect", "lead"),
        ("Systems Administrator", "specialist"),
    ),
    "Finance": (
        ("Chief Financial Officer", "executive"),
        ("Finance Director", "head"),
        ("Financial Controller", "lead"),
        ("Cost Analyst", "specialist"),
    ),
}
_ROLES = ("decision maker", "sponsor", "evaluator", "influencer", "purchaser", "user", "")
_STANCES = ("supportive", "neutral", "negative", "")
_SUBJECTS: dict[str, tuple[str, ...]] = {
    "meeting": (
        "Review of open quotations",
        "Walk through the laboratory",
        "Demonstration of the new dosing station",
        "Qualification plan for the second line",
        "Service level review",
    ),
    "call": (
        "Question about delivery dates",
        "Budget round for next year",
        "Follow-up on the demonstration",
        "Calibration due in two months",
    ),
    "email": ("Quotation sent", "Method note sent", "Answer on validation documents"),
    "campaign": ("Webinar: data integrity at the bench", "Spring consumables offer", "Newsletter"),
    "other": ("Met at a trade fair", "Site safety induction"),
}
_KINDS = tuple(_SUBJECTS)


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with its place in the ladder of its department; 0 is the top."""

    key: str
    account: str
    name: str
    department: str
    rank: int
    reports_to: str
    buying_role: str
    stance: str

    @property
    def title(self) -> str:
        return _LADDERS[self.department][self.rank][0]

    def row(self, company: Company) -> dict[str, object]:
        """A row of the table `contacts`."""
        local = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return {
            "contact_id": self.key,
            "account_id": self.account,
            "name": self.name,
            "title": self.title,
            "department": self.department,
            "seniority": _LADDERS[self.department][self.rank][1],
            "email": f"{local.replace(' ', '.')}@{company.root.lower()}-{company.key[2:]}.example",
            "reports_to_id": self.reports_to,
            "buying_role": self.buying_role,
            "stance": self.stance,
        }


def contacts(
    accounts: list[Company], customers: set[str], draw: np.random.Generator
) -> list[Person]:
    """Two to eight people an account, more at larger ones; every eighth knows only one."""
    people: list[Person] = []
    for company in accounts:
        if company.key not in customers and draw.random() < 0.25:
            continue
        size = np.log10(company.employees)
        wanted = int(np.clip(round(draw.normal(1.5 * size - 0.4, 1.3)), 2, 8))
        if draw.random() < 0.12:
            wanted = 1
        people.extend(_at(company, wanted, len(people), draw))
    return people


def _at(company: Company, wanted: int, first: int, draw: np.random.Generator) -> list[Person]:
    departments = list(_LADDERS)
    seats = [(department, rank) for rank in (1, 2, 0, 3) for department in departments[:5]]
    weights = np.array([5.0] * 5 + [3.0] * 5 + [1.2] * 5 + [2.0] * 5)
    taken = draw.choice(len(seats), size=wanted, replace=False, p=weights / weights.sum())
    chosen = sorted((seats[int(seat)] for seat in taken), key=lambda seat: (seat[1], seat[0]))
    people: list[Person] = []
    for place, (department, rank) in enumerate(chosen):
        boss = _boss(people, department, rank)
        people.append(
            Person(
                key=f"C-{10001 + first + place}",
                account=company.key,
                name=_name(company, {person.name for person in people}, draw),
                department=department,
                rank=rank,
                reports_to=boss if draw.random() < 0.85 else "",
                buying_role=_ROLES[int(draw.choice(7, p=(0.12, 0.1, 0.2, 0.2, 0.1, 0.13, 0.15)))],
                stance=_STANCES[int(draw.choice(4, p=(0.3, 0.35, 0.1, 0.25)))],
            )
        )
    return people


def _boss(people: list[Person], department: str, rank: int) -> str:
    """The nearest above in the department, else somebody at the top of another one."""
    above = [person for person in people if person.rank < rank]
    own = [person for person in above if person.department == department]
    if own:
        return own[-1].key
    top = [person for person in above if person.rank == 0]
    return top[0].key if top else ""


def _name(company: Company, used: set[str], draw: np.random.Generator) -> str:
    tongue = company.territory.tongue
    while True:
        first = tongue.first_names[int(draw.integers(len(tongue.first_names)))]
        last = tongue.last_names[int(draw.integers(len(tongue.last_names)))]
        if f"{first} {last}" not in used:
            return f"{first} {last}"


def interaction_rows(
    accounts: list[Company],
    people: list[Person],
    customers: set[str],
    today: date,
    draw: np.random.Generator,
) -> list[dict[str, object]]:
    """The table `interactions`, over 18 months; a seventh of the accounts is neglected."""
    known: dict[str, list[Person]] = {}
    for person in people:
        known.setdefault(person.account, []).append(person)
    rows: list[dict[str, object]] = []
    for company in accounts:
        if company.key not in known:
            continue
        pace = 9 if company.key in customers else 2.5
        silent = int(draw.integers(150, 420)) if draw.random() < 0.15 else 0
        for _ in range(int(draw.poisson(pace * (company.employees / 900) ** 0.25))):
            ago = silent + int(draw.integers(1, 548 - silent))
            rows.append(_touch(company, known[company.key], today - timedelta(days=ago), draw))
    ordered = sorted(rows, key=lambda row: (str(row["date"]), str(row["account_id"])))
    return [{"interaction_id": f"I-{place:05d}", **row} for place, row in enumerate(ordered, 1)]


def _touch(
    company: Company, people: list[Person], on: date, draw: np.random.Generator
) -> dict[str, object]:
    kind = _KINDS[int(draw.choice(5, p=(0.3, 0.32, 0.2, 0.13, 0.05)))]
    subjects = _SUBJECTS[kind]
    hours = {"meeting": 1.5, "call": 0.5, "email": 0.25, "campaign": 0, "other": 1}[kind]
    # The first known people are met most: relationships are rarely spread evenly.
    who = people[min(len(people) - 1, int(draw.exponential(1.1)))]
    return {
        "account_id": company.key,
        "contact_id": who.key,
        "date": on,
        "kind": kind,
        "login": company.owner,
        "subject": subjects[int(draw.integers(len(subjects)))],
        "hours": hours or "",
    }
