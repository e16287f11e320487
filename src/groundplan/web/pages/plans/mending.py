"""Where findings of the plan check are mended, which isn't always where they stand."""

from dataclasses import dataclass

from groundplan.plans.rules.kinds import Section

MENDED_IN: dict[str, Section] = {
    "GP102": "objectives",
    "GP103": "strategies",
    "GP203": "objectives",
    "GP205": "work",
    "GP303": "work",
    "GP601": "strategies",
    "GP702": "accountability",
    "GP703": "accountability",
    "GP704": "accountability",
    "GP705": "accountability",
    "GP801": "assessment",
}
"""By code; all others are mended where they stand."""
SHOWN_THERE = frozenset({"GP205"})
"""Those whose part stands in the section where they are mended, too."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section, and the part in it that is meant, if there is one."""

    section: Section | None
    part: str


def standing(code: str, section: Section | None, part: str) -> Section | None:
    """The section that a finding is counted in: of the plan as a whole, the one that mends it."""
    return section if part or section is None else MENDED_IN.get(code, section)


def mended(code: str, section: Section | None, part: str) -> Place:
    """Where to go to mend a finding on `part` of `section`."""
    there = MENDED_IN.get(code)
    if there is None or there == section:
        return Place(section, part)
    return Place(there, part if code in SHOWN_THERE else "")
