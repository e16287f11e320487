"""Lets the fault tests kill a process at a named step: on the path of none but those they start.

Python imports a module of this name by itself when it starts.
"""

import os
import signal
from pathlib import Path

from groundplan.kernel import steps

_wanted = os.environ.get("FAULT_STEP", "")
_once = os.environ.get("FAULT_ONCE", "")


def _die(name: str) -> None:
    if name != _wanted:
        return
    try:
        # The process that is started in the place of this one shall live.
        os.close(os.open(Path(_once), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


if _wanted:
    steps.listen(_die)
