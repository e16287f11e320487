"""Reads a TOML document's values in the shapes expected, and says where they aren't."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from groundplan.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text we are: behind the `number`th [[tables]] head, from 1; 0 is the top."""

    text: str
    number: int = 0

    def line_of(self, key: str) -> int:
        """The line that writes `key`, else the one its table starts on."""
        lines = self.text.splitlines()
        heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[\[\s*tables\s*\]\]", line)]
        start = heads[self.number - 1] if 0 < self.number <= len(heads) else 0
        written = re.compile(rf"""^\s*\[*["']?{re.escape(key)}["']?\s*[=\]]""")
        found = (at for at in range(start, len(lines)) if key and written.match(lines[at]))
        return next(found, start) + 1

    def refusal(self, key: str, message: str, mend: str) -> InvalidInput:
        text = f"Line {self.line_of(key)} of the mapping: {message.rstrip('.')}."
        return InvalidInput(text, field=key, mend=mend)


class Shape:
    """A TOML table that is read key by key; a value of another shape is refused."""

    def __init__(self, keys: dict[str, Any], place: Place) -> None:
        self.keys = keys
        self.place = place

    def only(self, *known: str) -> None:
        for key in self.keys:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                mend = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
                raise self.place.refusal(key, f"there is no key {key!r}", mend)

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.keys.get(key, "")
        if not isinstance(value, str) or (required and not value):
            raise self.place.refusal(key, f"{key} has no text", f"Write {key} = '...'.")
        return value

    def flag(self, key: str) -> bool:
        value = self.keys.get(key, False)
        if not isinstance(value, bool):
            raise self.place.refusal(key, f"{key} is true or false", f"Write {key} = true.")
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        value = self.keys.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.place.refusal(key, f"{key} is a list of texts", f"Write {key} = ['...'].")
        return tuple(value)

    def items(self, key: str) -> Iterator[tuple[str, Any]]:
        return iter(self.under(key).keys.items())

    def under(self, key: str) -> "Shape":
        value = self.keys.get(key, {})
        if not isinstance(value, dict):
            raise self.place.refusal(key, f"{key} is a table", f"Write [{key}] and its keys below.")
        return Shape(value, self.place)

    def tables(self, key: str) -> list["Shape"]:
        value = self.keys.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.place.refusal(key, f"{key} is a list of tables", f"Write [[{key}]].")
        outer = self.place
        return [
            Shape(each, Place(outer.text, at) if key == "tables" else outer)
            for at, each in enumerate(value, start=1)
        ]
