"""Where the groundplan command starts: the command line's own commands and the demonstration's."""

from groundplan.cli.commands import COMMANDS
from groundplan.cli.main import run
from groundplan.demo.command import demo


def main() -> None:
    run([*COMMANDS, demo])
