"""What a rule of the plan check is: a code, how serious it is, its texts, and what it looks for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from groundplan.plans.contracts import Graph, Severity, Surroundings


def gettext_noop(text: str) -> str:
    """Mark a text for translation where it stands. Whoever shows it translates it: rules know no
    language."""
    return text


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule fails: the uid of a part, or a section's name where one is lacking.

    `label` is what the part is called; `values` fill the rule's texts beside it.
    """

    where: str
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong with a plan.

    `code` (GP101) never changes its meaning; `name` is for people. `message`, `why` and `mend` may
    hold {label} and what the hits' values name. `find` gets a plan without its suggestions.
    """

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    mend: str
    find: Callable[[Graph, Surroundings], Iterable[Hit]]
