"""Taking facts in."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from groundplan.cli.main import NOTHING_TAKEN, prepare
from groundplan.cli.output import Printed, print_json, print_table

if TYPE_CHECKING:
    from groundplan.intake.contracts import ImportReport, Replaced


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", default="", help="The system the files come from, such as `salesforce`.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML mapping.",
)
@click.option("--complete", is_flag=True, help="The files hold everything: archive what is gone.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken; take nothing.")
@click.option("--reject-all-on-error", is_flag=True, help="Take nothing if any row is rejected.")
@click.option("--no-analyse", is_flag=True, help="Leave the analysis for later.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(
    paths: tuple[Path, ...],
    source: str,
    map_file: Path | None,
    complete: bool,
    dry_run: bool,
    reject_all_on_error: bool,
    no_analyse: bool,
    as_json: bool,
) -> None:
    """Import files, or folders of files, that belong together, then analyse."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date, tidy
    from groundplan.intake.mapping.toml import mapping_from_toml
    from groundplan.intake.services import import_run
    from groundplan.kernel.machine import give_way
    from groundplan.people.contracts import SYSTEM

    bring_up_to_date()
    tidy()
    mapping = mapping_from_toml(map_file.read_text(encoding="utf-8")) if map_file else None
    give_way()
    report = import_run(
        viewer=SYSTEM,
        source=source or (mapping.source if mapping else "") or "file",
        paths=paths,
        mapping=mapping,
        complete=complete,
        dry_run=dry_run,
        reject_all_on_error=reject_all_on_error,
        progress=Printed(),
    )
    snapshot = "" if no_analyse or not report.taken else _analyse()
    if as_json:
        _print_json(report, snapshot)
    else:
        _print_text(report)
    if not report.taken and not dry_run:
        click.echo("groundplan: nothing was taken; the rejects say why.", err=True)
        sys.exit(NOTHING_TAKEN)


def _analyse() -> str:
    from groundplan.organisation.jobs import job_run_now

    return str(job_run_now(kind="analyse", actor="command line").result["snapshot"])


def _print_json(report: "ImportReport", snapshot: str) -> None:
    tables = {
        name: {key: value for key, value in asdict(count).items() if key in _COUNTS}
        for name, count in report.tables.items()
    }
    print_json(
        {
            "tables": tables,
            "snapshot": snapshot,
            "rejects": report.rejects_path,
            "seconds": round(report.seconds, 3),
            "dry_run": report.dry_run,
            "notes": report.notes,
            "names": [asdict(told) for told in report.proposals],
            "replaced": asdict(report.replaced) if report.replaced else None,
            "rejected_because": [asdict(told) for told in report.reject_sums],
        }
    )


def _print_text(report: "ImportReport") -> None:
    columns = ["read", "accepted", "rejected", "skipped"]
    columns += ["gone"] if any(count.gone for count in report.tables.values()) else []
    rows = [
        [name, *(getattr(count, column) for column in columns)]
        for name, count in report.tables.items()
    ]
    print_table(["table", *columns], rows)
    if report.replaced and report.replaced.rows:
        click.echo(_replaced(report.replaced))
    for note in report.notes:
        click.echo(note)
    for told in report.reject_sums:
        click.echo(
            f"rejected {told.rows:,} of {told.file}: {told.column} {told.reason}"
            f" (first in line {told.first_line:,})"
        )
    if report.rejects_path:
        click.echo(f"Every rejected row: {report.rejects_path}")


def _replaced(told: "Replaced") -> str:
    by = {
        "orders": f"{told.orders:,} orders",
        "dates": "the days of the files",
        "all": "all of them",
    }
    return (
        f"replaces {told.rows:,} earlier purchases ({by[told.by]}, {told.first_on} to"
        f" {told.last_on}); {told.stay:,} stay"
    )


_COUNTS = ("read", "accepted", "rejected", "skipped", "created", "updated", "unchanged", "gone")
