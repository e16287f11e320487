"""`groundplan demo`: builds the demonstration company and opens it."""

import os
import shutil
import socket
import webbrowser
from pathlib import Path

import click

from groundplan.cli.commands.serve import serve_at
from groundplan.cli.main import prepare
from groundplan.cli.output import Printed
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.home import DEMONSTRATION_MARK, demonstration_code

DEFAULT_HOME = "~/.groundplan-demonstration"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Build the demonstration company only.")
@click.option("--again", is_flag=True, help="Throw the old demonstration away and build it anew.")
def demo(port: int, no_serve: bool, again: bool) -> None:
    """Open the demonstration company, signed in as its account manager."""
    home = demonstration_home(again)
    os.environ["GROUNDPLAN_HOME"] = str(home)
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.demo.services import demonstration_backtest, demonstration_build
    from groundplan.organisation.selectors import today

    bring_up_to_date()
    click.echo(f"The demonstration company is in {home}")
    demonstration_build(today=today(), progress=Printed())
    demonstration_backtest()
    if no_serve:
        return
    port = free_port(port)
    address = f"http://localhost:{port}/demonstration/open/?code={demonstration_code(home)}"
    serve_at("127.0.0.1", port, address, opened=lambda: open_browser(address))


def demonstration_home(again: bool) -> Path:
    """The folder of the demonstration, marked as one; never one that holds real facts."""
    home = Path(os.environ.get("GROUNDPLAN_HOME") or DEFAULT_HOME).expanduser()
    mark = home / DEMONSTRATION_MARK
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise InvalidInput(
            f"{home} holds an installation that is no demonstration.",
            mend="Name another folder in GROUNDPLAN_HOME, or leave it out.",
        )
    if again and mark.exists():
        shutil.rmtree(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.write_text("Whoever reaches this installation on loopback may sign in as its cast.\n")
    return home


def free_port(wanted: int) -> int:
    """`wanted`, or the next port that nobody listens on."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise InvalidInput(f"No port from {wanted} to {wanted + 49} is free.", mend="Name one: --port.")


def open_browser(address: str) -> None:
    """Show the page where there is a screen to show it on."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt":
        webbrowser.open(address)
