"""What the plan check is given and what it finds."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from .parts import Cited

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the check looks at beyond the plan itself; amounts in the organisation's currency.

    `revenue_goal` is the quota, or the account's revenue goal, for the plan's period. `low` and
    `high` bound the range (P10, P90) of expected revenue. `open_questions` are the codes of the
    five questions without an answer, by account uid. `severities` are the organisation's own by
    code of finding; `waived` the (code, where) waived by name.
    """

    today: date
    revenue_goal: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    open_questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    severities: dict[str, Severity] = field(default_factory=dict)
    waived: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the check found.

    `where` is the uid of the part, or a section's name where a part is lacking; `values` fill the
    texts that the rule's code stands for.
    """

    code: str
    severity: Severity
    where: str
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings on a plan, worst first, and its fact ratio.

    `facts` of `cited` pieces of evidence have a source; `assumptions` are those that have none,
    with the uid of the part that cites each. The ratio is None where nothing is cited.
    """

    findings: tuple[Finding, ...]
    facts: int
    cited: int
    assumptions: tuple[tuple[UUID, Cited], ...] = ()

    @property
    def fact_ratio(self) -> float | None:
        return self.facts / self.cited if self.cited else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "error" and not one.is_waived)
