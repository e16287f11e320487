"""The groundplan command: its frame, its errors and exit codes."""

import os
import sys
from collections.abc import Sequence

import click

from groundplan import __version__
from groundplan.kernel.errors import GroundplanError

NOTHING_TAKEN = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="groundplan")
def root() -> None:
    """Account and territory plans built on facts.

    GROUNDPLAN_HOME says where the embedded database and the snapshots live
    (default: ~/.groundplan); DATABASE_URL names a PostgreSQL database instead.
    """


def prepare() -> None:
    """Make Django ready. Commands import what needs models inside their functions, after this."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundplan.project.settings")
    django.setup()


def run(commands: Sequence[click.Command]) -> None:
    """Run the command line with `commands`; ends the process.

    Exit 0: done; 2: nothing was taken because of the input, the reason is on standard error;
    1: something went wrong inside.
    """
    for command in commands:
        root.add_command(command)
    try:
        root.main(standalone_mode=False)
    except GroundplanError as error:
        click.echo(f"groundplan: {error.message}", err=True)
        if error.mend:
            click.echo(f"  {error.mend}", err=True)
        sys.exit(NOTHING_TAKEN)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
