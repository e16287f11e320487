"""Keeping an installation in a file, and making one from it."""

from dataclasses import asdict
from pathlib import Path

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import Printed, print_json

IN_BYTES = ("bytes", "kB", "MB", "GB", "TB")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def backup(path: Path, as_json: bool) -> None:
    """Write the whole installation into one new file, while it is used.

    PATH is the file's name, or a folder in which it gets a name of its own.
    """
    prepare()
    from datetime import UTC, datetime

    from groundplan.cli.backup.taking import back_up
    from groundplan.cli.installation import bring_up_to_date

    bring_up_to_date()
    if path.is_dir():
        path /= f"groundplan-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    taken = back_up(path, Printed())
    if as_json:
        print_json(asdict(taken))
        return
    click.echo(f"{taken.path}: {_size(taken.size)}, {taken.files:,} files, {taken.rows:,} rows")
    click.echo("It holds the secret key too: keep it where only you can read it.")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put aside what the home holds now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def restore(path: Path, replace: bool, as_json: bool) -> None:
    """Verify a backup, then make the home what it was when that was taken."""
    from groundplan.cli.backup.restoring import restore as restored_from

    done = restored_from(path, replace=replace, progress=Printed())
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"{done.home} is as it was at {done.taken_at}: {done.rows:,} rows, verified")
    if done.aside:
        click.echo(f"What it held before is in {done.aside}")


def _size(size: int) -> str:
    power = max(0, min(len(IN_BYTES) - 1, (len(str(size)) - 1) // 3))
    return f"{size / 1000**power:.3g} {IN_BYTES[power]}"
