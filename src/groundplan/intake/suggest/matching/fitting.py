"""How well a file fits a table: each part gets at most one column, each column at most one part."""

from collections.abc import Iterable
from dataclasses import dataclass

from groundplan.engine.facts import TABLES
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import named, squeezed, vocabulary, words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.addresses import house_numbers
from groundplan.intake.suggest.values.agreement import REFERENCES, agreement, kind_of
from groundplan.intake.suggest.values.profiles import Profile

THRESHOLD = 0.55
"""Below this a column stays unmapped."""


@dataclass(frozen=True, slots=True)
class Match:
    """A column taken for a part: `score` 0 to 1 and what speaks for it."""

    profile: Profile
    score: float
    because: str


Parts = dict[str, Match]
Extra = dict[tuple[str, str], tuple[float, str]]
"""Scores of (part, column) by other evidence than headings, and what speaks for them."""


def matched(
    table: str,
    profiles: Iterable[Profile],
    extra: Extra | None = None,
    only: frozenset[str] | None = None,
) -> Parts:
    """The best assignment of columns to the parts of a table.

    `extra` gives (part, column) a score from evidence other than headings; `only` bounds the
    parts looked for.
    """
    pairs = sorted(
        _pairs(table, list(profiles), extra or {}, only),
        key=lambda pair: (-pair[1].score, pair[1].profile.position),
    )
    parts: Parts = {}
    taken: set[str] = set()
    for part, match in pairs:
        if part not in parts and match.profile.column not in taken:
            parts[part] = match
            taken.add(match.profile.column)
    return parts


def _pairs(
    table: str,
    profiles: list[Profile],
    extra: Extra,
    only: frozenset[str] | None,
) -> Iterable[tuple[str, Match]]:
    houses = house_numbers(profiles)
    for profile in profiles:
        told = named(table, profile.heading)
        for part in vocabulary(table).columns if extra else told:
            if only is not None and part not in only:
                continue
            if part in REFERENCES and profile.column in houses:
                continue
            heading = told.get(part, 0.0)
            more, why = extra.get((part, profile.column), (0.0, ""))
            score = max(heading, more) * agreement(table, part, profile)
            if score >= THRESHOLD:
                because = why if more > heading else "its heading, and its values agree"
                yield part, Match(profile, round(score, 3), because)


def lone(table: str, part: str, profiles: Iterable[Profile], parts: Parts) -> Match | None:
    """The only column left whose values are of the part's type, whatever its heading."""
    kind = kind_of(table, part)
    test = {"date": "dates", "decimal": "numbers"}.get(kind)
    taken = {match.profile.column for match in parts.values()}
    left = [
        profile
        for profile in profiles
        if not _SYSTEMS & set(words(profile.heading))
        if profile.column not in taken and test and profile.share(test) > 0.9
        if kind == "date" or not (profile.unique and profile.share("wholes") > 0.9)
    ]
    if len(left) == 1 and (kind == "date" or not _is_id(left[0])):
        return Match(left[0], 0.58, f"the only column of {test}")
    return None


_SYSTEMS = frozenset(("modified", "modify", "updated", "update", "modstamp", "synced"))


def _is_id(profile: Profile) -> bool:
    return bool({"id", "nr", "no", "number", "code", "key"} & set(words(profile.heading)))


def hinted(table: str, file: str) -> float:
    """What a file's name says of its table: 1 is it, 0.6 names it among others, 0 nothing."""
    terms = vocabulary(table)
    stem = subject_of(file)
    own = tuple(word for word in words(stem) if not word.isdigit())
    said = translated(own)
    if {"".join(own), "".join(said), squeezed(stem)} & terms.hints:
        return 1.0
    runs = {
        "".join(told[at : at + size])
        for told in (own, said)
        for size in (1, 2)
        for at in range(len(told))
    }
    return 0.6 if runs & terms.hints else 0.0


def marked(table: str, profiles: Iterable[Profile]) -> int:
    """How many of the words that mark a table stand in the file's headings."""
    own = {words(profile.heading) for profile in profiles}
    told = {word for heading in own for word in (*heading, *translated(heading))}
    return len(told & vocabulary(table).marks)


def optional_sum(table: str, parts: Parts) -> float:
    """The scores of what is known beyond the required columns."""
    required = {column.name for column in TABLES[table].required}
    return sum(match.score for part, match in parts.items() if part not in required)
