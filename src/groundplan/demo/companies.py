"""The accounts: companies and their divisions, with a few imperfections that real books have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from .cast import TERRITORIES, Territory

SINGLE = 340
DIVISIONS = 60
SITES = ("north site", "pilot plant", "service centre", "site 2", "innovation lab", "logistics")
WITHOUT_OWNER = 9
WITHOUT_INDUSTRY = 11


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry, its letter in the catalogue, what its companies are called and how big."""

    letter: str
    name: str
    tails: tuple[str, ...]
    divisions: tuple[str, ...]
    typical_employees: int


INDUSTRIES: tuple[Industry, ...] = (
    Industry(
        "P",
        "Pharmaceuticals",
        ("Pharma", "Biologics", "Therapeutics", "Life Sciences", "Laboratories"),
        ("Biologics", "Sterile Manufacturing", "Research", "Generics"),
        900,
    ),
    Industry(
        "C",
        "Chemicals",
        ("Chemicals", "Coatings", "Polymers", "Specialties", "Agrosciences"),
        ("Coatings", "Additives", "Polymers", "Process Technology"),
        1200,
    ),
    Industry(
        "F",
        "Food and beverage",
        ("Foods", "Dairies", "Beverages", "Ingredients", "Milling"),
        ("Dairy", "Ingredients", "Beverages", "Quality Services"),
        1500,
    ),
    Industry(
        "W",
        "Water and environment",
        ("Water", "Environmental", "Utilities", "Testing"),
        ("Wastewater", "Field Services", "Central Laboratory"),
        600,
    ),
    Industry(
        "M",
        "Advanced materials",
        ("Materials", "Alloys", "Ceramics", "Composites", "Battery Systems"),
        ("Alloys", "Battery Cells", "Composites", "Research"),
        800,
    ),
    Industry(
        "H",
        "Hospitals and diagnostics",
        ("Diagnostics", "Clinics", "Health", "Medical Laboratories"),
        ("Reference Laboratory", "Pathology", "Clinical Trials"),
        1100,
    ),
)
_FREQUENCIES = (0.24, 0.2, 0.19, 0.13, 0.12, 0.12)


@dataclass(frozen=True, slots=True)
class Company:
    """An account before anything happened at it. `revenue` is a year's, in the currency of the
    organisation; `owner` is a login, empty where nobody is named."""

    key: str
    name: str
    parent: str
    territory: Territory
    country: str
    industry: Industry
    employees: int
    revenue: int
    owner: str
    shows_industry: bool = True
    regulated: bool = False

    @property
    def root(self) -> str:
        """The company's first word, as its divisions and its web address carry it."""
        return self.name.split()[0]

    def row(self) -> dict[str, object]:
        """A row of the table `accounts`; goal and customer are known once orders are."""
        slug = self.name.lower().replace(",", "").replace(" ", "-")
        return {
            "account_id": self.key,
            "name": self.name,
            "parent_id": self.parent,
            "industry": self.industry.name if self.shows_industry else "",
            "region": self.territory.region,
            "country": self.country,
            "employees": self.employees,
            "annual_revenue": self.revenue,
            "owner": self.owner,
            "website": f"https://{slug}.example",
            "regulated": "yes" if self.regulated else "no",
        }


def companies(draw: np.random.Generator) -> list[Company]:
    """340 companies, 60 divisions of the larger ones; some divisions sit in other territories."""
    singles = _singles(draw)
    everything = [*singles, *_divisions(singles, draw)]
    return _imperfect(everything, draw)


def _singles(draw: np.random.Generator) -> list[Company]:
    names = {territory.name: _names(territory, draw) for territory in TERRITORIES}
    weights = np.array([1.3, 1.15, 1.05, 0.9, 1.05, 0.95, 0.85, 0.75])
    made = []
    for number in range(SINGLE):
        territory = TERRITORIES[int(draw.choice(len(TERRITORIES), p=weights / weights.sum()))]
        industry = INDUSTRIES[int(draw.choice(len(INDUSTRIES), p=_FREQUENCIES))]
        tail = industry.tails[int(draw.integers(len(industry.tails)))]
        name = f"{next(names[territory.name])} {tail}"
        made.append(
            _company(
                f"A-{1001 + number}", name, "", territory=territory, industry=industry, draw=draw
            )
        )
    return made


def _names(territory: Territory, draw: np.random.Generator) -> Iterator[str]:
    tongue = territory.tongue
    pairs = [
        begin + end
        for begin in tongue.beginnings
        for end in tongue.endings
        if begin[-1] != end[0] and not begin.lower().endswith(end)
    ]
    # The three English-speaking territories share a tongue: each takes its own third.
    sharing = [other.name for other in TERRITORIES if other.tongue is tongue]
    own = pairs[sharing.index(territory.name) :: len(sharing)]
    return (own[int(place)] for place in draw.permutation(len(own)))


def _company(
    key: str,
    name: str,
    parent: str,
    *,
    territory: Territory,
    industry: Industry,
    draw: np.random.Generator,
) -> Company:
    employees = int(np.clip(industry.typical_employees * draw.lognormal(-0.4, 1.1), 24, 42_000))
    share = min(len(territory.countries) - 1, int(draw.exponential(0.9)))
    return Company(
        key=key,
        name=name,
        parent=parent,
        territory=territory,
        country=territory.countries[share],
        industry=industry,
        employees=_round(employees),
        revenue=_round(int(employees * draw.uniform(110_000, 320_000))),
        owner=territory.login,
        regulated=industry.letter in "PH" or bool(draw.random() < 0.2),
    )


def _round(value: int) -> int:
    """To two leading digits: people know such numbers roughly."""
    unit = int(10 ** max(0, len(str(value)) - 2))
    return value // unit * unit


def _divisions(singles: list[Company], draw: np.random.Generator) -> list[Company]:
    large = sorted(singles, key=lambda company: company.employees, reverse=True)[:26]
    numbers = count(2001)
    made: list[Company] = []
    for parent in large:
        kinds = [kind for kind in parent.industry.divisions if kind not in parent.name]
        wanted = min(int(draw.integers(2, 4)), DIVISIONS - len(SITES) - len(made))
        made.extend(
            _division(f"A-{next(numbers)}", parent, kinds[int(place)], draw)
            for place in draw.permutation(len(kinds))[:wanted]
        )
    sites = [
        replace(
            _division(f"A-{next(numbers)}", made[place * 7], site, draw),
            name=f"{made[place * 7].name}, {site}",
        )
        for place, site in enumerate(SITES)
    ]
    return [*made, *sites]


def _division(key: str, parent: Company, kind: str, draw: np.random.Generator) -> Company:
    abroad = draw.random() < 0.25
    territory = TERRITORIES[int(draw.integers(len(TERRITORIES)))] if abroad else parent.territory
    made = _company(key, "", parent.key, territory=territory, industry=parent.industry, draw=draw)
    employees = max(20, _round(int(parent.employees * draw.uniform(0.08, 0.3))))
    return replace(
        made,
        name=f"{parent.root} {kind}",
        employees=employees,
        revenue=_round(int(parent.revenue * employees / parent.employees)),
        regulated=parent.regulated,
    )


def _imperfect(everything: list[Company], draw: np.random.Generator) -> list[Company]:
    chosen = [int(place) for place in draw.permutation(SINGLE)]
    ownerless = set(chosen[:WITHOUT_OWNER])
    silent = set(chosen[WITHOUT_OWNER : WITHOUT_OWNER + WITHOUT_INDUSTRY])
    return [
        replace(
            company,
            owner="" if place in ownerless else company.owner,
            shows_industry=place not in silent,
        )
        for place, company in enumerate(everything)
    ]
