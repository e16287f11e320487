"""Taking an import back."""

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import Printed, print_json, print_table

if TYPE_CHECKING:
    from groundplan.intake.undoing.contracts import UndoReport


@click.command("undo-import")
@click.argument("run")
@click.option("--dry-run", is_flag=True, help="Say what would be put back; change nothing.")
@click.option("--with-later", is_flag=True, help="Undo the imports that came after it first.")
@click.option("--discard-edits", is_flag=True, help="Also undo what people edited since.")
@click.option("--no-analyse", is_flag=True, help="Leave the analysis for later.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def undo_import(
    run: str, dry_run: bool, with_later: bool, discard_edits: bool, no_analyse: bool, as_json: bool
) -> None:
    """Put back what the import RUN changed.

    RUN is an import's id as the page of imports has it, the beginning of one, or `last`.
    """
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.intake.services.undoing import import_undo
    from groundplan.organisation.jobs import job_run_now
    from groundplan.people.contracts import SYSTEM

    bring_up_to_date()
    report = import_undo(
        viewer=SYSTEM,
        uid=_named(run),
        dry_run=dry_run,
        discard_edits=discard_edits,
        with_later=with_later,
        progress=Printed(),
    )
    snapshot = ""
    if report.done and not no_analyse:
        snapshot = str(job_run_now(kind="analyse", actor="command line").result["snapshot"])
    _print(report, snapshot, as_json)


def _named(text: str) -> UUID:
    from groundplan.kernel.errors import NotFound
    from groundplan.sources.undoing import runs_done

    runs = [run.uid for run in runs_done()]
    if text == "last":
        runs = runs[:1]
    else:
        runs = [uid for uid in runs if str(uid).startswith(text.lower())]
    if len(runs) != 1:
        told = "No import that stands" if not runs else f"{len(runs)} imports"
        raise NotFound(f"{told}: {text}.", mend="Look its id up in the page of imports.")
    return runs[0]


def _print(report: "UndoReport", snapshot: str, as_json: bool) -> None:
    if as_json:
        print_json(asdict(report) | {"snapshot": snapshot})
        return
    headings = ["table", "removed", "restored", "returned", "kept"]
    print_table(
        headings,
        [
            [table, count.removed, count.restored, count.returned, count.kept]
            for table, count in report.tables.items()
        ],
    )
    if report.purchases:
        click.echo(f"{report.purchases:,} purchases go, {report.purchases_back:,} come back.")
    for uid in report.later:
        click.echo(f"{'Undone first' if report.done else 'Came after it'}: {uid}")
    for edit in report.edits:
        click.echo(
            f"edited since: {edit.kind} {edit.name}: {edit.field or edit.action}"
            f" {edit.after} ({edit.author}, {edit.at:%Y-%m-%d %H:%M})"
        )
