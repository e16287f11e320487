"""Writes the tables of facts as CSV files under their canonical headings, with their mapping."""

import csv
from datetime import date
from pathlib import Path

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule, Mapping, StageRule, TableMapping

from .deals import STEPS
from .world import World


def write_files(company: World, folder: Path) -> list[Path]:
    """One UTF-8 file a table, in `folder`; the same bytes for the same company."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in company.tables.items():
        file = folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
        files.append(file)
    return files


def mapping_of(company: World) -> Mapping:
    """Every column is what its heading says; nothing has to be guessed."""
    return Mapping(
        tables=tuple(
            TableMapping(
                table=name,
                file=f"{name}.csv",
                columns={
                    column.name: ColumnRule(column=column.name)
                    for column in TABLES[name].columns
                    if column.name in rows[0]
                },
            )
            for name, rows in company.tables.items()
        ),
        stages={step.name: StageRule(step.outcome, float(step.probability)) for step in STEPS},
    )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
