"""The people of the demonstration company: one leader, three managers, eight account managers."""

from dataclasses import dataclass

from .words import EAST_ASIAN, ENGLISH, GERMAN, NORDIC, ROMANCE, SOUTHERN, Tongue

COMPANY = "Corvane Instruments"
MAIL = "corvane.example"


@dataclass(frozen=True, slots=True)
class Territory:
    """Where one account manager sells: its countries, most frequent first, and their tongue."""

    name: str
    region: str
    login: str
    tongue: Tongue
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who sells. `years` is how long they have been with the company."""

    login: str
    name: str
    manager: str
    team: str
    role: str
    years: float


CAST: tuple[Player, ...] = (
    Player("ingrid.halvorsen", "Ingrid Halvorsen", "", "", "leader", 11),
    Player("daniel.okafor", "Daniel Okafor", "ingrid.halvorsen", "Americas", "manager", 7.5),
    Player("miriam.castellano", "Miriam Castellano", "ingrid.halvorsen", "Europe", "manager", 6),
    Player("kenji.watabe", "Kenji Watabe", "ingrid.halvorsen", "Asia Pacific", "manager", 4.2),
    Player("rosa.meyer", "Rosa Meyer", "daniel.okafor", "Americas", "member", 5.1),
    Player("tom.brannigan", "Tom Brannigan", "daniel.okafor", "Americas", "member", 2.3),
    Player("leila.haddadi", "Leila Haddadi", "daniel.okafor", "Americas", "member", 0.8),
    Player("soren.lindgaard", "Søren Lindgaard", "miriam.castellano", "Europe", "member", 8.4),
    Player("katja.brunner", "Katja Brunner", "miriam.castellano", "Europe", "member", 3.7),
    Player("hugo.delatour", "Hugo Delatour", "miriam.castellano", "Europe", "member", 1.4),
    Player("yuna.baek", "Yuna Baek", "kenji.watabe", "Asia Pacific", "member", 4.9),
    Player("oliver.tran", "Oliver Tran", "kenji.watabe", "Asia Pacific", "member", 1.9),
)

TERRITORIES: tuple[Territory, ...] = (
    Territory("US East", "Americas", "rosa.meyer", ENGLISH, ("United States",)),
    Territory("US Central", "Americas", "tom.brannigan", ENGLISH, ("United States",)),
    Territory(
        "US West and Canada", "Americas", "leila.haddadi", ENGLISH, ("United States", "Canada")
    ),
    Territory(
        "Nordics",
        "Europe",
        "soren.lindgaard",
        NORDIC,
        ("Sweden", "Denmark", "Norway", "Finland"),
    ),
    Territory(
        "Germany, Austria, Switzerland",
        "Europe",
        "katja.brunner",
        GERMAN,
        ("Germany", "Austria", "Switzerland"),
    ),
    Territory(
        "France, Benelux, Iberia",
        "Europe",
        "hugo.delatour",
        ROMANCE,
        ("France", "Belgium", "Spain", "Netherlands", "Portugal"),
    ),
    Territory("Japan and Korea", "Asia Pacific", "yuna.baek", EAST_ASIAN, ("Japan", "South Korea")),
    Territory(
        "Oceania and South-East Asia",
        "Asia Pacific",
        "oliver.tran",
        SOUTHERN,
        ("Australia", "New Zealand", "Singapore", "Malaysia"),
    ),
)

OPERATIONS = ("priya.raman", "Priya Raman")
"""Of sales operations: keeps the installation, sells nothing."""


def mail_of(login: str) -> str:
    return f"{login}@{MAIL}"
