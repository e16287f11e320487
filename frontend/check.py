"""Checks the types of the islands: `python frontend/check.py`."""

import subprocess
import sys
from pathlib import Path

from build_hook import run

try:
    run(Path(__file__).parents[1], ["run", "--silent", "check"])
except subprocess.CalledProcessError as failed:
    sys.exit(failed.returncode)
