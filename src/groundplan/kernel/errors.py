"""Errors that a person can mend, and how."""


class GroundplanError(Exception):
    """Something a person asked for can't be done; the message says why, `mend` what to do.

    `code` is stable and names the error in JSON, in tests and in translations.
    """

    code = "error"

    def __init__(self, message: str, *, mend: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class InvalidInput(GroundplanError):  # noqa: N818 - reads as what it is where it is raised
    """The input can't be taken as it is."""

    code = "invalid_input"

    def __init__(self, message: str, *, field: str = "", mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.field = field


class NotAllowed(GroundplanError):  # noqa: N818
    """The viewer may see this but not do it."""

    code = "not_allowed"


class NotFound(GroundplanError):  # noqa: N818
    """There is no such thing, or the viewer may not know of it: the two look alike."""

    code = "not_found"


class Conflict(GroundplanError):  # noqa: N818
    """Somebody else changed it first, or it is in use."""

    code = "conflict"
