"""Stops an import whose mapping nobody looked at: rather nothing than half of a file."""

from groundplan.intake.contracts import ImportReport
from groundplan.intake.merging.state import State
from groundplan.intake.validating.nameless import others_are_named
from groundplan.intake.validating.reasons import REASONS
from groundplan.kernel.errors import InvalidInput

from .choosing import LOOK

_FEWEST = 40
_HALF = 0.5


def stop_if_mostly_rejected(state: State, report: ImportReport) -> None:
    """Raises InvalidInput where one column would have more than half of a file's rows rejected for
    one reason, though others are taken: then it is rather the column that is wrong. Rows that only
    leave empty whom others name properly are told, and the import goes on."""
    if state.dry_run or not state.suggested:
        return
    if not any(count.accepted for count in report.tables.values()):
        return
    for told in report.reject_sums:
        rows = _rows_with(state, told.file)
        if told.rows < _FEWEST or not rows or told.rows <= _HALF * rows:
            continue
        unnamed = told.reason == str(REASONS["nobody"])
        if unnamed and others_are_named(state.connection, state.typed, told.file):
            continue
        _, value, _ = told.examples[0] if told.examples else (0, "", "")
        raise InvalidInput(
            f"{told.file}: {told.rows:,} of {rows:,} rows would be rejected: {told.column}"
            f" {told.reason}{f' ({value})' if value else ''}. So the column is rather not what it"
            " was taken for, or the files that it refers to are not all here.",
            field=told.column,
            mend=f"Add the file that is missing, or leave {told.file} out. {LOOK}",
        )


def _rows_with(state: State, name: str) -> int:
    """How many rows have cells of a file: its own, or those of a file that it is joined to; 0 for
    one that isn't known."""
    joined = [
        one.file for one in state.mapping.tables if any(join.file == name for join in one.joins)
    ]
    return max((state.files[one].rows for one in (name, *joined) if one in state.files), default=0)
