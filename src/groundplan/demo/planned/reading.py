"""Plans as their files have them: the texts beside this module."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Planned:
    """The content of a plan's file, by the names of its tables; ties are by `key`."""

    owner: str
    vision: str
    tables: dict[str, list[dict[str, Any]]]

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])


def read(name: str) -> Planned:
    """The plan in `<name>.toml`."""
    found = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    tables = {key: value for key, value in found.items() if isinstance(value, list)}
    return Planned(found["owner"], found["vision"], tables)
