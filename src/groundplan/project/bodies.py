"""Bodies of requests, whole or not at all."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def whole_bodies(application: Application) -> Application:
    """`application`, for which a body that is cut short is an error: a server may end it as if
    it were over when whoever sends it is gone, and half a file looks like a file."""

    def served(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = _Whole(environ["wsgi.input"], _announced(environ))
        return application(environ, start)

    return served


class _Whole:
    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1) -> bytes:
        found: bytes = self._stream.read(size)
        self._left -= len(found)
        if not found and size != 0 and self._left > 0:
            raise OSError("the body was cut short")
        return found

    def readline(self, size: int = -1) -> bytes:
        line: bytes = self._stream.readline(size)
        self._left -= len(line)
        return line


def _announced(environ: dict[str, Any]) -> int:
    text = str(environ.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdigit() else 0
