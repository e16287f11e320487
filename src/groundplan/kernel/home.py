"""Where an installation keeps its database, snapshots and uploads: GROUNDPLAN_HOME."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from .errors import InvalidInput

DEMONSTRATION_MARK = "DEMONSTRATION"
DEMONSTRATION_CODE = "demonstration_code"
SECRET_KEY = "secret_key"  # noqa: S105 - the name of its file
NEW = ".new-"
"""How files begin that have no name of their own yet; a kill may leave one."""


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
    return _secret(folder / SECRET_KEY)


def demonstration_code(folder: Path) -> str:
    """What opens the demonstration signed in: who runs it is shown it, a stray link can't know."""
    return _secret(folder / DEMONSTRATION_CODE)


def _secret(file: Path) -> str:
    """The file's content; made once, complete from its first moment, for this user only."""
    if not file.exists():
        descriptor, written = tempfile.mkstemp(prefix=NEW, dir=file.parent)
        with os.fdopen(descriptor, "w") as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(descriptor)
        # Of several that start at once one gives its own the name; the others read that.
        with suppress(FileExistsError):
            os.link(written, file)
        Path(written).unlink()
    return file.read_text().strip()


def is_demonstration(folder: Path) -> bool:
    return (folder / DEMONSTRATION_MARK).exists()
