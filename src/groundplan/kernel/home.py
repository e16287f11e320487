"""Where an installation keeps its database, snapshots and uploads: GROUNDPLAN_HOME."""

import os
import secrets
from pathlib import Path

from .errors import InvalidInput

DEMONSTRATION_MARK = "DEMONSTRATION"


def home() -> Path:
    """The installation's folder, made private to this user when it is new."""
    path = Path(os.environ.get("GROUNDPLAN_HOME") or Path.home() / ".groundplan").expanduser()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(
            f"{path} can't be used: {error.strerror}.",
            mend="Name a folder that you may write to in GROUNDPLAN_HOME.",
        ) from error
    return path.resolve()


def secret_key(folder: Path) -> str:
    """The key that signs sessions."""
    return _secret(folder / "secret_key")


def demonstration_code(folder: Path) -> str:
    """What opens the demonstration signed in: who runs it is shown it, a stray link can't know."""
    return _secret(folder / "demonstration_code")


def _secret(file: Path) -> str:
    """The file's content; made once, readable by this user only."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as written:
        written.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def is_demonstration(folder: Path) -> bool:
    return (folder / DEMONSTRATION_MARK).exists()
