"""Lines that are no records: footers of reports, ruled lines, headers that stand there again."""

import re
from collections.abc import Sequence

import duckdb

Ragged = tuple[str, int, int, int, str]
_RULE = re.compile(r"^[-=_+|*. ]{4,}$")
_SENTENCE = re.compile(r"[^\W\d_].*[ :]|[ :].*[^\W\d_]")
_SHOWN = 60


def leave_out(
    connection: duckdb.DuckDBPyConnection, file: str, lines: Sequence[tuple[int, str]]
) -> None:
    """Remembers lines (physical number, beginning) that are left out, for the import's notes."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS left_out (file VARCHAR, line BIGINT, start VARCHAR)"
    )
    if lines:
        rows = [(file, line, start[:_SHOWN]) for line, start in lines]
        connection.executemany("INSERT INTO left_out VALUES (?, ?, ?)", rows)


def left_out_notes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence for each file that has such lines."""
    leave_out(connection, "", ())
    rows = connection.execute(
        "SELECT file, count(*), min(line), arg_min(start, line) FROM left_out GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [
        f"{file}: {count:,} line{'' if count == 1 else 's'} of titles, totals and footers left out,"
        f" the first is line {line} ({start})."
        for file, count, line, start in rows
    ]


def parted(ragged: list[Ragged], last_record: int) -> tuple[list[Ragged], list[tuple[int, str]]]:
    """Ragged lines as those to reject and those to leave out (line, beginning).

    Left out are ruled lines, and what follows the last record from the first sentence on: a record
    that was cut off is none, so it stays a reject.
    """
    rejected, left, ended = [], [], False
    for each in ragged:
        _, line, cells, _, start = each
        footer = line > last_record and cells == 1 and bool(_SENTENCE.search(start))
        ended = ended or footer
        if ended or _RULE.match(start):
            left.append((line, start))
        else:
            rejected.append(each)
    return rejected, left
