"""From staged files to a proposed mapping, with what speaks for each part of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.intake import contracts
from groundplan.intake.contracts import FileSuggestion, StagedFile, Suggestion, TableMapping
from groundplan.intake.suggest.attributes import attributes_of
from groundplan.intake.suggest.deals.bundles import lines_of, shares, won_lists
from groundplan.intake.suggest.deals.deal_lines import product_of, won_of
from groundplan.intake.suggest.deals.repeated_deals import one_row_a_deal
from groundplan.intake.suggest.deals.stages import stages_in
from groundplan.intake.suggest.deals.won_alone import or_whole, without_lines, won_alone
from groundplan.intake.suggest.deriving import rules_of
from groundplan.intake.suggest.files.by_references import first_lines
from groundplan.intake.suggest.files.canonical import canonical
from groundplan.intake.suggest.files.companies_and_people import mixed_in, with_their_companies
from groundplan.intake.suggest.files.further_tables import also_named, further_tables, joins_of
from groundplan.intake.suggest.files.guests import guests_apart
from groundplan.intake.suggest.files.picking import picked
from groundplan.intake.suggest.files.second_lists import either_customer
from groundplan.intake.suggest.leaving.skipping import skips_of
from groundplan.intake.suggest.matching.candidates import Candidate, candidate
from groundplan.intake.suggest.matching.fitting import Extra
from groundplan.intake.suggest.orders.dependencies import scores_by_values
from groundplan.intake.suggest.orders.fill_down import filled_down
from groundplan.intake.suggest.orders.overlapping_files import earlier_files_joined
from groundplan.intake.suggest.references.display_names import names_in
from groundplan.intake.suggest.references.lookups import looked_up
from groundplan.intake.suggest.references.names_elsewhere import named_elsewhere
from groundplan.intake.suggest.references.reference_keys import by_list_keys
from groundplan.intake.suggest.references.referents import (
    REFERENCES,
    Referent,
    by_name,
    extra_of,
    keys_of,
    referents,
)
from groundplan.intake.suggest.values.evidence import Evidence

Known = Mapping[str, str]
"""Per table (accounts, products, users, contacts) a relation in the same DuckDB with the columns
`id` and `name` VARCHAR: what was imported before. A table that is absent was never imported."""


def suggest(
    files: Sequence[StagedFile],
    connection: duckdb.DuckDBPyConnection,
    known: Known | None = None,
) -> tuple[list[FileSuggestion], contracts.Mapping]:
    """Which table each file feeds and which column is what, scored on headings and values.

    Nothing below the thresholds is mapped. Files that feed no table are in `ignored` of the
    mapping unless they are joined, and the FileSuggestion says why. Every file gets at least one
    FileSuggestion, one more for each further table that it feeds.
    """
    evidence = Evidence(connection, [file for file in files if file.rows])
    chosen, reasons = picked(evidence, known or {})
    targets = referents(chosen.values(), evidence, known or {})
    # Once the lists are known, columns are matched again by what their values refer to; that in
    # turn may find other keys and names in the lists themselves.
    chosen = _with_evidence(chosen, targets, evidence)
    targets = referents(chosen.values(), evidence, known or {})
    chosen = {file: by_list_keys(each, targets, evidence) for file, each in chosen.items()}
    mapped = [
        (each, table)
        for each in chosen.values()
        for table in _mapped(each, targets, evidence, chosen)
    ]
    mapped += also_named(mapped, targets, evidence)
    mapped = list(with_their_companies(mapped, evidence))
    mapped = list(either_customer(mapped, evidence))
    mapped = list(guests_apart(mapped, targets, evidence))
    stages = stages_in(mapped, evidence)
    return _answer(files, mapped, reasons, stages)


def _with_evidence(
    chosen: dict[str, Candidate], targets: Mapping[str, Referent], evidence: Evidence
) -> dict[str, Candidate]:
    """The same tables, their columns matched again now that it is known what values refer to."""
    again: dict[str, Candidate] = {}
    for file, each in chosen.items():
        if canonical(file, evidence.profiles[file].values()) is not None:
            again[file] = each
            continue
        extra: Extra = keys_of(each, evidence) | extra_of(each, targets, evidence)
        names = names_in(each, evidence)
        extra |= names
        told = bool(extra) and won_of(each, evidence) is None
        extra = scores_by_values(each.table, file, evidence) | extra
        better = candidate(each.table, file, evidence, extra) if told else each
        if not better.taken:
            better = _and_parts(each, better, frozenset(part for part, _ in names))
        better = one_row_a_deal(better, evidence)
        again[file] = filled_down(better, evidence)
    return again


def _and_parts(each: Candidate, better: Candidate, surely: frozenset[str]) -> Candidate:
    """A list recognised by what refers to it keeps its parts; what was found since is added, and
    what was found `surely` replaces them."""
    taken = {match.profile.column for match in each.parts.values()}
    more = {
        part: match
        for part, match in better.parts.items()
        if part in surely or (part not in each.parts and match.profile.column not in taken)
    }
    return replace(each, parts=each.parts | more)


def _mapped(
    each: Candidate,
    targets: Mapping[str, Referent],
    evidence: Evidence,
    chosen: Mapping[str, Candidate],
) -> Iterable[TableMapping]:
    table = _table(each, targets, evidence, chosen)
    yield from shares(each, table, evidence)
    yield from further_tables(each, table, targets, evidence)
    if each.table == "opportunities":
        yield from _sold(each, targets, evidence, chosen)


def _sold(
    each: Candidate,
    targets: Mapping[str, Referent],
    evidence: Evidence,
    chosen: Mapping[str, Candidate],
) -> Iterable[TableMapping]:
    """What the won deals of a file brought, where its own rows or no others' lines tell."""
    if all(one.table != "purchases" for one in chosen.values()):
        lines = lines_of(each, evidence) or won_lists(each, evidence)
        if lines:
            table = or_whole(_table(lines, targets, evidence, chosen), each)
            yield from shares(lines, table, evidence)
        return
    others = first_lines(chosen, each)
    alone = won_alone(each, others, evidence)
    if others and alone:
        yield without_lines(_table(alone, targets, evidence, chosen), each, others)


def _table(
    each: Candidate,
    targets: Mapping[str, Referent],
    evidence: Evidence,
    chosen: Mapping[str, Candidate],
) -> TableMapping:
    rules = rules_of(each, evidence)
    joins = [*joins_of(each), *_joined_lists(each, evidence, chosen, rules)]
    again = earlier_files_joined(each, joins, evidence, chosen)
    joins += [join for join, _ in again]
    mixed = mixed_in(each.file, evidence) if each.table == "accounts" else None
    people = (mixed.employed,) if mixed else ()
    skips = (*skips_of(each, rules, evidence), *people, *(test for _, test in again))
    table = TableMapping(
        each.table, each.file, rules, tuple(joins), skips,
        decimal=_decimal(each.file, evidence),
        distinct=each.repeats or mixed is not None,
        match_by_name=_by_name(each, rules, targets, evidence),
    )  # fmt: skip
    if TABLES[each.table].extra:
        return replace(table, attributes=attributes_of(table, evidence.profiles[each.file]))
    return table


def _joined_lists(
    each: Candidate,
    evidence: Evidence,
    chosen: Mapping[str, Candidate],
    rules: dict[str, contracts.ColumnRule],
) -> list[contracts.Join]:
    """Adds the rules of what stands in other files' rows; returns the joins they need."""
    joins = []
    for part, rule, join in looked_up(each, evidence, frozenset(chosen)):
        rules[part] = rule
        joins.append(join)
    lists = frozenset(file for file, one in chosen.items() if one.table != "contacts")
    elsewhere = named_elsewhere(each, evidence, lists)
    if elsewhere:
        rules["name"] = elsewhere[0]
        joins += elsewhere[1]
    lines = first_lines(chosen, each) if each.table == "opportunities" else None
    if lines and "product_id" not in rules and not each.partners:
        rules["product_id"], join = product_of(lines, each.file)
        joins.insert(0, join)
    return joins


def _decimal(file: str, evidence: Evidence) -> Literal["", ","]:
    """A comma where other numbers of the file have one, so that its `1,000` is read as 1."""
    marks = [p.mark for p in evidence.profiles[file].values() if p.share("numbers") > 0.6]
    points = [
        p
        for p in evidence.profiles[file].values()
        if p.mark == "." and p.share("numbers") > 0.6 > p.share("wholes")
    ]
    return "," if "," in marks and not points else ""


def _by_name(
    each: Candidate,
    rules: Mapping[str, contracts.ColumnRule],
    targets: Mapping[str, Referent],
    evidence: Evidence,
) -> tuple[str, ...]:
    found = []
    for reference, named, table in REFERENCES.get(each.table, ()):
        place = each.find(reference) or each.find(named)
        if reference in rules and place:
            profile = place[0].profile
            if by_name(each, (profile.file, profile.column), targets.get(table), evidence):
                found.append(reference)
    return tuple(found)


def _answer(
    files: Sequence[StagedFile],
    mapped: list[tuple[Candidate, TableMapping]],
    reasons: Mapping[str, str],
    stages: dict[str, contracts.StageRule],
) -> tuple[list[FileSuggestion], contracts.Mapping]:
    order = list(TABLES)
    tables = sorted((table for _, table in mapped), key=lambda table: order.index(table.table))
    joined = {join.file for table in tables for join in table.joins}
    fed = {table.file for table in tables}
    suggestions = [_file_suggestion(each, table) for each, table in mapped]
    for file in files:
        if file.name not in fed:
            why = reasons.get(file.name, "it has no rows")
            if file.name in joined:
                users = {t.file for t in tables if file.name in {join.file for join in t.joins}}
                why = f"its columns are added to the rows of {', '.join(sorted(users))}"
            suggestions.append(FileSuggestion(file.name, "", 0.0, (), (), why))
    ignored = tuple(file.name for file in files if file.name not in fed | joined)
    return suggestions, contracts.Mapping(tuple(tables), stages=stages, ignored=ignored)


def _file_suggestion(each: Candidate, table: TableMapping) -> FileSuggestion:
    columns = []
    for column in TABLES[table.table].columns:
        rule = table.columns.get(column.name)
        found = each.find(column.name) if each.table == table.table else None
        score = found[0].score if found and rule else (0.8 if rule else 0.0)
        why = found[0].because if found and rule else _told(rule)
        columns.append(Suggestion(column.name, rule, score, why))
    return FileSuggestion(table.file, table.table, min(each.score, 1.0), tuple(columns), ())


def _told(rule: contracts.ColumnRule | None) -> str:
    """Why a column is fed where no heading or value alone told it."""
    if rule is None:
        return ""
    if rule.value is not None:
        return "the same in every row"
    return "made from other columns" if rule.compute else "the column that fits best"
