"""What to tell about a suggestion that nobody looked at: what was guessed, lacking and left out."""

from collections.abc import Iterable, Mapping, Sequence

from groundplan.intake import contracts
from groundplan.intake.contracts import FileSuggestion, StagedFile, Suggestion, TableMapping
from groundplan.intake.suggest.files.guests import guests_note
from groundplan.intake.suggest.files.people_of_customers import companies_note
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.orders.overlapping_files import overlap_note

SURE = 0.7
"""Columns taken with a lower score are told."""

_MISSED = {
    "purchases": (("product_id",), ("amount",)),
    "opportunities": (("amount",), ("close_on", "closed_on"), ("owner",)),
}
_MOST = 12


def doubts(
    suggestions: Sequence[FileSuggestion],
    mapping: contracts.Mapping,
    files: Mapping[str, StagedFile],
) -> list[str]:
    """Sentences for each file whose columns were told by little, or that lacks what counts."""
    found = []
    for each in suggestions:
        lacking = _lacking(each)
        guessed = [column for column in each.columns if column.rule and column.score < SURE]
        if guessed:
            told = "; ".join(f"{one.column} is {_source(one)} ({one.because})" for one in guessed)
            found.append(f"{each.file}: guessed from little: {told}.")
        if lacking:
            found.append(f"{each.file}: no column was found for {', '.join(lacking)}.")
        left = _unused(each.file, mapping, files) if guessed or lacking else []
        if left:
            more = f" and {len(left) - _MOST} more" if len(left) > _MOST else ""
            found.append(f"{each.file}: columns not used: {', '.join(left[:_MOST])}{more}.")
    deals = {table.file for table in mapping.tables if table.table == "opportunities"}
    for table in mapping.tables:
        again = _won_alone(table) if table.file in deals else overlap_note(table)
        found += filter(None, (_several(table), again, guests_note(table), companies_note(table)))
    found += [
        f"{table.file}: rows are left out where {test}."
        for table in mapping.tables
        if table.table in ("purchases", "accounts")
        for test in table.skip
        if (" in (" in test and not test.startswith("not ")) or test.startswith("starts_with(")
    ]
    return list(dict.fromkeys(found))


def _won_alone(table: TableMapping) -> str:
    """What becomes of deals that were won without lines, where a file of lines tells the others."""
    lines = [join.file for join in table.joins if join.first and join.file != table.file]
    if table.table != "purchases" or not lines or f"`{lines[0]}#" not in "".join(table.skip):
        return ""
    return f"{table.file}: won deals without lines in {lines[0]} count with their amount."


def _several(table: TableMapping) -> str:
    """What becomes of deals and orders that name several products."""
    rule = table.columns.get("product_id")
    if table.table == "opportunities" and table.distinct:
        rows = "a deal's rows are its products; it" if rule else "several rows are one deal, which"
        return f"{table.file}: {rows} counts once, with the first."
    lines = [join.file for join in table.joins if join.first and join.file != table.file]
    if rule is None:
        return ""
    if table.table == "opportunities" and any(f"{one}#1:" in rule.column for one in lines):
        return (
            f"{table.file}: a deal's products are lines of {lines[0]}; while it is open it counts"
            " once, with the first of them and its whole amount, and what it won with each."
        )
    if rule.compute.startswith("split("):
        shared = "each has an equal share" if table.table == "purchases" else "the first counts"
        return f"{table.file}: {table.table} that list several products: {shared}."
    return ""


def _lacking(each: FileSuggestion) -> list[str]:
    ruled = {column.column for column in each.columns if column.rule and column.rule.value != "0"}
    return [parts[0] for parts in _MISSED.get(each.table, ()) if not ruled & set(parts)]


def _source(one: Suggestion) -> str:
    return one.rule.column or one.rule.compute if one.rule else ""


def _unused(file: str, mapping: contracts.Mapping, files: Mapping[str, StagedFile]) -> list[str]:
    texts = [text for table in mapping.tables if table.file == file for text in _texts(table)]
    told = " ".join(texts)
    return [name for name in files[file].columns if name not in texts and ticked(name) not in told]


def _texts(table: TableMapping) -> Iterable[str]:
    yield from table.skip
    yield from table.attributes or ()
    for join in table.joins:
        yield from join.on
    for rule in table.columns.values():
        yield rule.column or rule.compute
