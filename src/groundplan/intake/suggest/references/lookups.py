"""Names that a file gives only as the key of a list in another file: CategoryID -> CategoryName."""

from collections.abc import Iterator

from groundplan.intake.contracts import ColumnRule, Join
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_LOOKED_UP: dict[str, tuple[str, ...]] = {
    "products": ("category",),
    "accounts": ("industry", "segment", "region", "country"),
    "users": ("team", "territory"),
}
_NAMING = frozenset(("name", "description", "title", "bezeichnung", "label", "text", "nom"))


def looked_up(
    each: Candidate, evidence: Evidence, taken: frozenset[str]
) -> Iterator[tuple[str, ColumnRule, Join]]:
    """Columns that hold a list's key, with the name from that list and the join it needs.

    `taken` are the files that feed tables: those are no lists.
    """
    for part in _LOOKED_UP.get(each.table, ()):
        match = each.parts.get(part)
        if match is None:
            continue
        for other in evidence.files:
            if other == each.file or other in taken:
                continue
            link = evidence.link(match.profile, other)
            name = name_column(evidence, other, link[0]) if link else None
            told = match.profile.share("letters") > 0.9
            if link and name and not (told and "name" not in words(name)):
                rule = ColumnRule(column=f"{other}:{name}")
                yield part, rule, Join(other, {match.profile.column: link[0]}, optional=True)
                break


def name_column(evidence: Evidence, file: str, key: str) -> str | None:
    """The column of a list that says what its keys stand for."""
    texts = [
        profile
        for profile in evidence.profiles[file].values()
        if profile.column != key and profile.share("letters") > 0.9 and profile.length < 80
    ]
    return max(texts, key=_names, default=None).column if texts else None  # type: ignore[union-attr]


def _names(profile: Profile) -> tuple[bool, bool, int]:
    told = words(profile.heading)
    return "name" in told, bool(_NAMING & set(told)), -profile.position
