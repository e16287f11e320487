"""Mappings as TOML: written by the wizard, read and mended by people."""

import tomllib
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from groundplan.intake.contracts import ColumnRule, Join, Mapping, StageRule, TableMapping
from groundplan.intake.mapping.checking import check_table
from groundplan.intake.mapping.shapes import Place, Shape
from groundplan.kernel.errors import InvalidInput


def mapping_from_toml(text: str) -> Mapping:
    """Reads a mapping (its keys: docs/guide/mapping.md).

    Raises InvalidInput with the line, the key and how to mend it: no TOML, an unknown key or
    table, a value of another shape. Whether files have the columns is seen when it is compiled.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(
            f"The mapping is no valid TOML: {error}.",
            field="mapping",
            mend="Texts stand in quotes, every key once; see docs/guide/mapping.md.",
        ) from error
    shape = Shape(document, Place(text))
    shape.only("source", "ignored", "tables", "stages", "aliases", "apart")
    return Mapping(
        tables=tuple(_table(each) for each in shape.tables("tables")),
        source=shape.text("source"),
        stages={name: _stage(name, value, shape.place) for name, value in shape.items("stages")},
        aliases={
            table: {str(old): str(new) for old, new in shape.under("aliases").items(table)}
            for table, _ in shape.items("aliases")
        },
        apart={table: shape.under("apart").texts(table) or () for table, _ in shape.items("apart")},
        ignored=shape.texts("ignored") or (),
    )


_KEYS = [
    "table",
    "file",
    "columns",
    "joins",
    "skip",
    "date_format",
    "decimal",
    "distinct",
    "match_by_name",
    "attributes",
]


def _table(shape: Shape) -> TableMapping:
    shape.only(*_KEYS)
    decimal = shape.text("decimal")
    if decimal not in ("", ".", ","):
        raise shape.place.refusal(
            "decimal", "decimal is '.' or ','", "Leave it out to have it found."
        )
    mapping = TableMapping(
        table=shape.text("table", required=True),
        file=shape.text("file", required=True),
        columns={name: _rule(name, value, shape.place) for name, value in shape.items("columns")},
        joins=tuple(_join(each) for each in shape.tables("joins")),
        skip=shape.texts("skip") or (),
        date_format=shape.text("date_format"),
        decimal=decimal,  # type: ignore[arg-type]
        distinct=shape.flag("distinct"),
        match_by_name=shape.texts("match_by_name") or (),
        attributes=shape.texts("attributes"),
    )
    try:
        check_table(mapping)
    except InvalidInput as error:
        raise shape.place.refusal(error.field, error.message, error.mend) from error
    return mapping


def _rule(name: str, value: object, place: Place) -> ColumnRule:
    match value:
        case str():
            return ColumnRule(column=value)
        case {"column": str(column), **rest} if not rest:
            return ColumnRule(column=column)
        case {"compute": str(compute), **rest} if not rest:
            return ColumnRule(compute=compute)
        case {"value": str() | int() | float() as fixed, **rest} if not rest:
            return ColumnRule(value=_plain(fixed))
    raise place.refusal(
        name,
        f"{name} is neither a column's name nor one of column, compute and value",
        f"Write {name} = 'Column', {name} = {{ compute = '...' }} or {name} = {{ value = '...' }}.",
    )


def _plain(fixed: str | float) -> str:
    return str(fixed).lower() if isinstance(fixed, bool) else str(fixed)


def _join(shape: Shape) -> Join:
    shape.only("file", "on", "optional", "first")
    pairs = {str(ours): str(theirs) for ours, theirs in shape.items("on")}
    file = shape.text("file", required=True)
    return Join(file, pairs, shape.flag("optional"), shape.flag("first"))


def _stage(name: str, value: object, place: Place) -> StageRule:
    match value:
        case "open" | "won" | "lost":
            return StageRule(value)
        case {"outcome": "open" | "won" | "lost" as outcome, **rest} if set(rest) <= {
            "probability"
        }:
            share = rest.get("probability")
            if share is None or (isinstance(share, int | float) and 0 <= share <= 1):
                return StageRule(outcome, None if share is None else float(share))
    raise place.refusal(
        name,
        f"the stage {name!r} is neither open, won nor lost",
        f'Write "{name}" = {{ outcome = "open", probability = 0.2 }}.',
    )


def mapping_to_toml(mapping: Mapping) -> str:
    """The TOML of a mapping; reading it gives the same mapping back."""
    document = tomlkit.document()
    if mapping.source:
        document["source"] = mapping.source
    if mapping.ignored:
        document["ignored"] = list(mapping.ignored)
    tables = tomlkit.aot()
    for each in mapping.tables:
        tables.append(_table_toml(each))
    if mapping.tables:
        document["tables"] = tables
    if mapping.stages:
        document["stages"] = _stages_toml(mapping.stages)
    if mapping.aliases:
        document["aliases"] = {table: dict(names) for table, names in mapping.aliases.items()}
    if mapping.apart:
        document["apart"] = {table: list(names) for table, names in mapping.apart.items()}
    return tomlkit.dumps(document)


def _table_toml(mapping: TableMapping) -> Table:
    table = tomlkit.table()
    table["table"] = mapping.table
    table["file"] = mapping.file
    for key in ("skip", "date_format", "decimal", "distinct", "match_by_name"):
        value = getattr(mapping, key)
        if value:
            table[key] = list(value) if isinstance(value, tuple) else value
    if mapping.attributes is not None:
        table["attributes"] = list(mapping.attributes)
    columns = tomlkit.table()
    for name, rule in mapping.columns.items():
        columns[name] = rule.column or _inline(_rule_keys(rule))
    table["columns"] = columns
    if mapping.joins:
        joins = tomlkit.aot()
        for join in mapping.joins:
            joins.append(_join_toml(join))
        table["joins"] = joins
    return table


def _rule_keys(rule: ColumnRule) -> dict[str, Any]:
    return {"compute": rule.compute} if rule.compute else {"value": rule.value or ""}


def _join_toml(join: Join) -> Table:
    table = tomlkit.table()
    table["file"] = join.file
    table["on"] = _inline(join.on)
    for key in ("optional", "first"):
        if getattr(join, key):
            table[key] = True
    return table


def _stages_toml(stages: dict[str, StageRule]) -> Table:
    table = tomlkit.table()
    for name, rule in stages.items():
        keys: dict[str, Any] = {"outcome": rule.outcome}
        if rule.probability is not None:
            keys["probability"] = rule.probability
        table[name] = _inline(keys)
    return table


def _inline(keys: dict[str, Any]) -> InlineTable:
    inline = tomlkit.inline_table()
    inline.update(keys)
    return inline
