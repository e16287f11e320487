"""The wizard's form of a mapping: what a person may say of each column, read back as rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule, Mapping, StageRule, TableMapping
from groundplan.intake.uploads.selectors import UploadState

from .words import column_word, table_word

KEEP = "keep"
COLUMN = "column:"
OUTCOMES = ("open", "won", "lost")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A canonical column: where its values come from now, and what else they could come from."""

    field: str
    label: str
    required: bool
    options: tuple[Option, ...]
    because: str
    score: int | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """What one file feeds; `name` is the field that can drop it or make it another table."""

    name: str
    file: str
    table: str
    label: str
    rows: int
    tables: tuple[Option, ...]
    columns: tuple[ColumnLine, ...]
    missing: tuple[str, ...]
    joins: tuple[str, ...]
    skip: tuple[str, ...]
    score: int | None
    note: str


@dataclass(frozen=True, slots=True)
class StageLine:
    field: str
    name: str
    outcome: str
    probability: str


def table_forms(state: UploadState) -> Iterator[TableForm]:
    mapping = state.mapping or Mapping(())
    fed = {table.file for table in mapping.tables}
    for place, table in enumerate(mapping.tables):
        yield _table_form(state, f"t{place}", table)
    for number, file in enumerate(state.seen):
        if file.name not in fed and file.rows:
            yield _table_form(state, f"n{number}", TableMapping("", file.name, {}))


def stage_lines(mapping: Mapping) -> tuple[StageLine, ...]:
    return tuple(
        StageLine(
            f"s{place}",
            name,
            rule.outcome,
            "" if rule.probability is None else f"{rule.probability * 100:g}",
        )
        for place, (name, rule) in enumerate(mapping.stages.items())
    )


def _table_form(state: UploadState, name: str, table: TableMapping) -> TableForm:
    file = next((one for one in state.seen if one.name == table.file), None)
    lines = tuple(_lines(state, name, table)) if table.table else ()
    scores = [line.score for line in lines if line.score is not None and line.required]
    return TableForm(
        name=name,
        file=table.file,
        table=table.table,
        label=table_word(table.table) if table.table else _("not imported"),
        rows=file.rows if file else 0,
        tables=_table_options(table.table),
        columns=lines,
        missing=tuple(
            column_word(column.name)
            for column in (TABLES[table.table].required if table.table else ())
            if column.name not in table.columns
        ),
        joins=tuple(join.file for join in table.joins),
        skip=table.skip,
        score=min(scores) if scores else None,
        note=file.note if file and not table.table else "",
    )


def _table_options(chosen: str) -> tuple[Option, ...]:
    nothing = Option("", _("Leave this file out"), not chosen)
    return (nothing, *(Option(name, table_word(name), name == chosen) for name in TABLES))


def _lines(state: UploadState, name: str, table: TableMapping) -> Iterator[ColumnLine]:
    file = next((one for one in state.seen if one.name == table.file), None)
    known = {column.name: column.samples for column in file.columns} if file else {}
    reasons = {
        one.column: one
        for one in state.because
        if (one.table, one.file) == (table.table, table.file)
    }
    for column in TABLES[table.table].columns:
        rule = table.columns.get(column.name)
        plain = rule.column if rule and rule.column in known else ""
        reason = reasons.get(column.name)
        yield ColumnLine(
            field=f"{name}-{column.name}",
            label=column_word(column.name),
            required=column.required,
            options=tuple(_options(rule, plain, tuple(known))),
            because=reason.because if reason else "",
            score=min(round(reason.score * 100), 100) if reason and rule else None,
            samples=known.get(plain, ()),
        )


def _options(rule: ColumnRule | None, plain: str, columns: tuple[str, ...]) -> Iterator[Option]:
    yield Option("", _("– nothing –"), rule is None)
    if rule and not plain:
        yield Option(KEEP, told(rule), selected=True)
    for column in columns:
        yield Option(f"{COLUMN}{column}", column, column == plain)


def told(rule: ColumnRule) -> str:
    """A rule that is more than a column of the file, in words."""
    if rule.compute:
        return _("computed: %(rule)s") % {"rule": rule.compute}
    if rule.value is not None:
        return _("always %(value)s") % {"value": rule.value}
    return _("joined: %(column)s") % {"column": rule.column}


def mapping_from_form(state: UploadState, given: QueryDict) -> Mapping:
    """The mapping as the form has it; whatever the form doesn't show stays as it was."""
    mapping = state.mapping or Mapping(())
    tables = [
        kept
        for place, table in enumerate(mapping.tables)
        if (kept := _table_given(f"t{place}", table, given))
    ]
    fed = {table.file for table in mapping.tables}
    for number, file in enumerate(state.seen):
        made = given.get(f"n{number}", "")
        if file.name not in fed and made in TABLES:
            columns = tuple(column.name for column in file.columns)
            tables.append(_as_table(made, TableMapping("", file.name, {}), columns))
    used = {table.file for table in tables}
    used |= {join.file for table in tables for join in table.joins}
    order = list(TABLES)
    return replace(
        mapping,
        tables=tuple(sorted(tables, key=lambda table: order.index(table.table))),
        ignored=tuple(file.name for file in state.seen if file.name not in used),
        stages={name: _stage_given(f"s{i}", rule, given) for i, (name, rule) in _numbered(mapping)},
    )


def _numbered(mapping: Mapping) -> Iterator[tuple[int, tuple[str, StageRule]]]:
    return enumerate(mapping.stages.items())


def _table_given(name: str, table: TableMapping, given: QueryDict) -> TableMapping | None:
    made = given.get(name, table.table)
    if made not in TABLES:
        return None
    if made != table.table:
        columns = tuple(rule.column for rule in table.columns.values() if rule.column)
        return _as_table(made, table, columns)
    columns_given: dict[str, ColumnRule] = {}
    for column in TABLES[made].columns:
        value = given.get(f"{name}-{column.name}")
        before = table.columns.get(column.name)
        if value is None or value == KEEP:
            if before:
                columns_given[column.name] = before
        elif value.startswith(COLUMN):
            columns_given[column.name] = ColumnRule(column=value.removeprefix(COLUMN))
    others = {name: rule for name, rule in table.columns.items() if name not in columns_given}
    known = {column.name for column in TABLES[made].columns}
    extra = {name: rule for name, rule in others.items() if name not in known}
    by_name = tuple(one for one in table.match_by_name if one in columns_given)
    return replace(table, columns={**columns_given, **extra}, match_by_name=by_name)


def _as_table(made: str, table: TableMapping, columns: tuple[str, ...]) -> TableMapping:
    """The file as another table: columns that are called alike, the rest for a person to say."""
    alike = {column.casefold().replace(" ", "_"): column for column in columns}
    rules = {
        column.name: ColumnRule(column=alike[column.name])
        for column in TABLES[made].columns
        if column.name in alike
    }
    return TableMapping(made, table.file, rules)


def _stage_given(name: str, rule: StageRule, given: QueryDict) -> StageRule:
    outcome = given.get(f"{name}-outcome", rule.outcome)
    text = given.get(f"{name}-probability", "").replace(",", ".").strip()
    try:
        probability = min(max(float(text) / 100, 0.0), 1.0) if text else None
    except ValueError:
        probability = rule.probability
    if outcome == "won":
        return StageRule("won", 1.0)
    if outcome == "lost":
        return StageRule("lost", 0.0)
    return StageRule("open", probability)
