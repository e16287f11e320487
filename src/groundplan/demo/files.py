"""Writes the tables of facts as the CSV files that an import takes without a mapping."""

import csv
from datetime import date
from pathlib import Path

from .world import World


def write_files(company: World, folder: Path) -> list[Path]:
    """One UTF-8 file a table, in `folder`; the same bytes for the same company."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in company.tables.items():
        file = folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
        files.append(file)
    return files


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
