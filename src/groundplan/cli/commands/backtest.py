"""How good whitespace would have been: a test on the history that was imported."""

from datetime import date, datetime
from typing import Any

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import Printed, print_json, print_table

SENTENCES = {
    "signal": "What accounts own foretells what they buy next, better than popularity does.",
    "popularity": "No signal beyond popularity: what sells well sells on, whatever accounts own.",
    "none": "No signal: no order foretells first purchases better than chance.",
    "few": "Too few accounts bought something new to tell.",
}


@click.command()
@click.option(
    "--cutoff", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day to cut at."
)
@click.option("--months", required=True, type=click.IntRange(1, 36), help="To look at after it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def backtest(cutoff: datetime, months: int, as_json: bool) -> None:
    """What whitespace would have said at CUTOFF, against what was bought in the MONTHS after it."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.insight.backtests.services import backtest_run
    from groundplan.people.contracts import SYSTEM

    bring_up_to_date()
    day: date = cutoff.date()
    kept = backtest_run(viewer=SYSTEM, cutoff=day, months=months, progress=Printed())
    if as_json:
        print_json(kept.told)
    else:
        _print(kept.told)


def _print(told: dict[str, Any]) -> None:
    from groundplan.measures.backtest.contracts import FIGURES

    rows = [
        [name, *(float(figures[figure]) for figure in FIGURES)]
        for name, figures in told["methods"].items()
    ]
    print_table(["method", *FIGURES], rows)
    click.echo(f"{told['accounts']} accounts bought something new. {SENTENCES[told['verdict']]}")
    click.echo(f"Calibration error {told['calibration']['error']:.4f}")
