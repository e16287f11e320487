"""What the analysis found: whitespace, tiers, performance."""

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import Printed, print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def analyse(as_json: bool) -> None:
    """Publish a snapshot of the facts as they are now and analyse it."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.organisation.jobs import job_run_now

    bring_up_to_date()
    result = job_run_now(kind="analyse", actor="command line").result
    if as_json:
        print_json(result)
    else:
        click.echo(f"Analysed {result['accounts']} accounts; snapshot {result['snapshot']}")
