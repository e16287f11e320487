"""Where revenue may land."""

from typing import TYPE_CHECKING

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import print_json, print_table
from groundplan.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from groundplan.insight.ranges.contracts import Ranges

CUTS = ("all", "tier", "person", "below", "territory", "category", "channel")
PARTS = ("certain", "booked", "continuing", "weighted", "first")


@click.command()
@click.option("--by", type=click.Choice(CUTS), default="all", show_default=True)
@click.option("--period", default="", help="FY2027-Q2: a quarter, instead of the fiscal year.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def ranges(by: str, period: str, as_json: bool) -> None:
    """P10, P50 and P90 of the fiscal year's revenue, or of a quarter's that runs or is to come,
    and how far such ranges held in the past."""
    prepare()
    found = _found(by, period)
    rows = [
        {
            "name": line.label,
            "p10": line.p10,
            "p50": line.p50,
            "p90": line.p90,
            **{part: getattr(line.parts, part) for part in PARTS},
        }
        for line in found.lines
    ]
    coverage = [
        {"by": one.cut, "outcomes": one.outcomes, "inside": one.inside} for one in found.coverage
    ]
    if as_json:
        days = {"start": found.start, "end": found.end, "foretold": found.foretold}
        print_json({**days, "ranges": rows, "coverage": coverage})
        return
    print_table(["name", "p10", "p50", "p90", *PARTS], [list(row.values()) for row in rows])
    for one in coverage:
        click.echo(f"{one['by']}: {one['inside']} of {one['outcomes']} past outcomes inside")


def _found(by: str, period: str) -> "Ranges":
    """The ranges asked for, foretold first where that was not done yet."""
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.insight.ranges.selectors import periods_kept, ranges_of
    from groundplan.insight.services.ranges import quarters_foretell, ranges_foretell
    from groundplan.people.contracts import SYSTEM
    from groundplan.snapshots.selectors import current

    bring_up_to_date()
    ranges_foretell()
    if "-" in period:
        quarters_foretell()
    found = ranges_of(SYSTEM, by, period)  # type: ignore[arg-type]  # a choice is one of the cuts
    if found is not None:
        return found
    shown = current()
    kept = periods_kept(shown) if shown else ()
    if not kept:
        raise InvalidInput("There are no results to range.", mend="First: groundplan analyse.")
    raise InvalidInput(
        f"{period} has no range: it is over, too far ahead, or no period.",
        mend=f"Choose of {', '.join(kept)}.",
    )
