"""The groundplan command: its frame, its errors and exit codes."""

import errno
import os
import sys
from collections.abc import Sequence

import click

from groundplan import __version__
from groundplan.kernel.errors import GroundplanError
from groundplan.kernel.home import home
from groundplan.kernel.occupancy import occupy
from groundplan.kernel.swapping import finish_if_begun

BROKEN = 1
NOTHING_TAKEN = 2
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
DISK_WORDS = (
    "disk is full",
    "disk i/o error",
    "readonly database",
    "unable to open database",
    "no space left",
    "file too large",
    "read-only file system",
    "permission denied",
)


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
    finish_if_begun(home())
    occupy(home())
    django.setup()


def run(commands: Sequence[click.Command]) -> None:
    """Run the command line with `commands`; ends the process.

    Exit 0: done; 2: nothing was taken because of the input, the reason is on standard error;
    1: something went wrong inside, such as a full disk.
    """
    for command in commands:
        root.add_command(command)
    try:
        root.main(standalone_mode=False)
    except GroundplanError as error:
        _tell(error.message, error.mend)
        sys.exit(NOTHING_TAKEN)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        if not is_disk_trouble(error):
            raise
        _tell(
            f"The disk doesn't take what has to be written: {error}",
            "Make room or give write access; what was acknowledged before is safe.",
        )
        sys.exit(BROKEN)


def is_disk_trouble(error: BaseException | None) -> bool:
    """Whether a full or read-only disk is behind the error, whichever library met it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in DISK:
            return True
        if any(word in str(error).lower() for word in DISK_WORDS):
            return True
        error = error.__cause__
    return False


def _tell(message: str, mend: str) -> None:
    click.echo(f"groundplan: {message}", err=True)
    if mend:
        click.echo(f"  {mend}", err=True)
