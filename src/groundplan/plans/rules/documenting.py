"""The plan check's rules as a page of documentation."""

from .checking import rules
from .rule import Rule

_HEAD = """# Plan check: the rules

Written from the rules themselves by `python -m groundplan.plans.rules.documenting`; a test holds
this page to them.

A plan is checked as a program is by a compiler: each rule is a function of the plan and of what
surrounds it (`plans/rules/findings`, a file a rule), and knows nothing of the others. Suggested
parts, and what hangs below them, are ignored. The order of parts doesn't matter.

**Severity.** An *error* stops acceptance unless it is waived by name, with a reason. A *warning*
is shown to whoever accepts. A *note* is a hint. An organisation may set the severity of each
rule.

**Fact ratio.** Pieces of evidence with a source over all that are cited by answers, chosen
opportunities, strategies and objectives. An answer, an opportunity or a strategy that cites
nothing counts as one assumption: it rests on itself. Nothing cited, no ratio.

**Worked example** (recomputed by `tests/plans/test_check.py`). Two strategies and two
opportunities that cite a fact each, and an answer that cites nothing: 4 of 5, 80 %.

| code | rule | severity |
|---|---|---|
"""


def document() -> str:
    """The page, as Markdown."""
    table = "".join(f"| {one.code} | {one.name} | {one.severity} |\n" for one in rules())
    return _HEAD + table + "".join(_told(one) for one in rules())


def _told(rule: Rule) -> str:
    found = f"\n## {rule.code}: {rule.name}\n\n*{rule.severity}.* {rule.message}\n\n"
    about = (rule.find.__doc__ or "").split()
    more = f"{' '.join(about)}\n\n" if about else ""
    return f"{found}{more}**Why.** {rule.why}\n\n**Mend.** {rule.mend}\n"


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - what the module is run for
