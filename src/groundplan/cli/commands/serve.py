"""Serving the pages and doing the jobs."""

from collections.abc import Callable

import click

from groundplan.cli import serving
from groundplan.cli.main import prepare


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def serve(port: int, host: str) -> None:
    """Serve the pages and do the jobs, until Ctrl-C."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date, tidy
    from groundplan.people.services import setup_code

    bring_up_to_date()
    tidy()
    code = setup_code()
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104
    serve_at(host, port, f"{address}setup/?code={code}" if code else address)


def serve_at(host: str, port: int, address: str, opened: Callable[[], None] = lambda: None) -> None:
    """Supervise server and worker; once pages are served say `address` and call `opened`."""

    def ready() -> None:
        serving.wait_until_served(host, port)
        click.echo(f"Groundplan is at {address} (Ctrl-C stops it)")
        opened()

    serving.supervise([serving.web_server(host, port), serving.worker()], ready)


@click.command(hidden=True)
def work() -> None:
    """Do jobs as they come; `serve` starts one such worker."""
    prepare()
    from django.core.management import call_command

    from groundplan.kernel.machine import give_way
    from groundplan.organisation.jobs import jobs_recover, keep_recovering

    give_way()
    jobs_recover()
    keep_recovering()
    call_command("db_worker", interval=0.5, verbosity=0, startup_delay=False, reload=False)
