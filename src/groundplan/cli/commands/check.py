"""Is this installation sound?"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import print_json


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `mend` says what to do where it is not `ok`."""

    name: str
    ok: bool
    found: str
    mend: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> None:
    """Check the installation: folder, database, snapshot, results, jobs, front-end."""
    prepare()
    findings = list(_findings())
    sound = all(finding.ok for finding in findings)
    if as_json:
        print_json({"sound": sound, "findings": findings})
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'MEND'} {finding.name}: {finding.found}")
            if finding.mend and not finding.ok:
                click.echo(f"     {finding.mend}")
    sys.exit(0 if sound else 1)


def _findings() -> Iterator[Finding]:
    yield _home()
    yield _schema()
    if _schema().ok:
        looks: list[Callable[[], Finding]] = [_database, _users, _purchases, _snapshot, _jobs]
        for look in looks:
            yield look()
    yield _front_end()


def _home() -> Finding:
    from django.conf import settings

    home = Path(settings.GROUNDPLAN_HOME)
    private = home.stat().st_mode & 0o077 == 0
    return Finding("home", private, str(home), f"Others can read it: chmod 700 {home}")


def _schema() -> Finding:
    from groundplan.cli.installation import pending_migrations

    pending = pending_migrations()
    found = f"{len(pending)} changes behind" if pending else "up to date"
    return Finding("schema", not pending, found, "Run `groundplan serve` or `groundplan import`.")


def _database() -> Finding:
    from django.db import connection

    if connection.vendor != "sqlite":
        return Finding("database", True, connection.vendor)
    with connection.cursor() as cursor:
        answer = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    ok = answer == "ok" and journal == "wal"
    return Finding("database", ok, f"sqlite, {journal}, {answer}", "Restore the last backup.")


def _users() -> Finding:
    from groundplan.people.selectors import administrators

    count = administrators().count()
    mend = "Run `groundplan serve` and open the address it prints."
    return Finding("administrators", count > 0, str(count), mend)


def _purchases() -> Finding:
    from groundplan.intake.selectors import multiplied_layers

    wrong = multiplied_layers()
    found = ", ".join(f"import {one.run_uid} of {one.source}" for one in wrong[:3])
    mend = "Import all purchases of that source again with --complete: they then count once."
    return Finding("purchases", not wrong, f"lines twice: {found}" if wrong else "once", mend)


def _snapshot() -> Finding:
    from groundplan.snapshots.selectors import current, damaged_files

    pointer = current()
    if pointer is None:
        return Finding("snapshot", True, "none yet: nothing was imported")
    damaged = damaged_files(pointer)
    found = f"as of {pointer.as_of}" if not damaged else f"damaged: {', '.join(damaged[:3])}"
    return Finding("snapshot", not damaged, found, "Run `groundplan analyse` to publish it anew.")


def _jobs() -> Finding:
    from groundplan.organisation.jobs import jobs_failed

    failed = jobs_failed()
    found = f"{len(failed)} failed last" if failed else "none failed"
    mend = "; ".join(f"{job.kind}: {job.error}" for job in failed[:3])
    return Finding("jobs", not failed, found, mend)


def _front_end() -> Finding:
    from django.contrib.staticfiles import finders

    built = finders.find("built/manifest.json") is not None
    return Finding("front-end", built, "built" if built else "not built", "Run `make setup`.")
