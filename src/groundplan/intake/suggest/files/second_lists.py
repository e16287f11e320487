"""Customers of two lists, of which each sale names one: a reseller or a person. The other
reference is empty then, or says that it applies to nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from groundplan.intake.contracts import ColumnRule, TableMapping
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.files.by_references import as_list
from groundplan.intake.suggest.headings.naming import named, words
from groundplan.intake.suggest.leaving.placeholders import placeholder_keys
from groundplan.intake.suggest.matching.buyers import passes_on, said
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, ticked
from groundplan.intake.suggest.matching.fitting import THRESHOLD
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.nobody import nobody_sql
from groundplan.intake.suggest.values.profiles import Profile

Mapped = tuple[Candidate, TableMapping]

_OTHERS = """
supplier vendor manufacturer brand carrier shipper warehouse competitor employee salesperson seller
product item article invoice order document payment project user owner campaign contact ship
"""
_NO_BUYERS = frozenset(_OTHERS.split())
_KEY = frozenset(("id", "key", "code", "no", "nr", "number", "ref"))
_FACTS = ("purchases", "opportunities")
_KEYED_ALIKE = 1.6
_ALL, _SOME = 0.95, 0.02
_MOST = 12
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class _Other:
    """The second reference, and the list (file, its key) that it holds keys of; '' for none."""

    profile: Profile
    file: str = ""
    key: str = ""


def second_lists(chosen: Mapping[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """Lists that sales refer to where they don't refer to the customers' first one."""
    found: dict[str, Candidate] = {}
    for each in chosen.values():
        other = _other(each, evidence) if each.table in _FACTS else None
        if other and other.file and other.file not in chosen:
            found[other.file] = as_list("accounts", "account_id", other.file, other.key, evidence)
    return found


def either_customer(mapped: Sequence[Mapped], evidence: Evidence) -> Iterator[Mapped]:
    """The tables with whichever customer a row names, and with none where it names a placeholder.

    Two lists may number their customers alike: those of the second are then called after it.
    """
    for each, table in list(mapped):
        rule, buyer = table.columns.get("account_id"), each.parts.get("account_id")
        if table.table not in _FACTS or not buyer or not rule:
            continue
        other = _other(each, evidence) if rule.column == buyer.profile.column else None
        if other is None:
            continue
        second = ticked(other.profile.column)
        if other.file and _number_alike(other, buyer.profile, mapped, evidence):
            mark = _called(other.profile)
            mapped = [(one, _marked(of, other, mark)) for one, of in mapped]
            second = f"concat('{mark}', {second})"
        one = _or_nothing(ticked(rule.column), buyer.profile, evidence)
        two = _or_nothing(second, other.profile, evidence)
        key = ColumnRule(compute=f"coalesce({one}, {two})")
        mapped = [(c, _with_key(t, key) if t.file == table.file else t) for c, t in mapped]
    for each, table in mapped:
        yield each, _without_placeholders(each, table, mapped, evidence)


def _other(each: Candidate, evidence: Evidence) -> _Other | None:
    buyer = each.parts.get("account_id")
    if buyer is None or not _may_be_nobody(buyer.profile, evidence):
        return None
    for profile in evidence.profiles[each.file].values():
        taken = profile.column == buyer.profile.column or profile.empty
        if taken or _NO_BUYERS & said(profile) or not _may_be_nobody(profile, evidence):
            continue
        if not _instead(buyer.profile, profile, evidence):
            continue
        links = [
            (link[1], file, link[0])
            for file in evidence.files
            if file != each.file and not _NO_BUYERS & set(words(file))
            if (link := evidence.link(profile, file)) and link[1] >= _KEYED_ALIKE
        ]
        if links:
            return _Other(profile, *max(links)[1:])
        told = named("purchases", profile.heading)
        if passes_on(profile) or max(told.get("account_id", 0), told.get("account.name", 0)) >= (
            THRESHOLD
        ):
            return _Other(profile)
    return None


def _may_be_nobody(profile: Profile, evidence: Evidence) -> bool:
    """Is a part of the column empty or a placeholder, in the file's first rows?"""
    if profile.kinds < 2:
        return False
    return profile.filled < 1 or bool(_nobodys(profile, evidence, _SAMPLE))


def _nobodys(profile: Profile, evidence: Evidence, rows: int | None = None) -> list[str]:
    """What the column holds, in so many rows, where it refers to nobody."""
    cell, relation = quoted(profile.column), quoted(evidence.files[profile.file].relation)
    first = f" LIMIT {rows}" if rows else ""
    found = evidence.connection.execute(
        f"SELECT v FROM (SELECT DISTINCT {cell} AS v FROM (SELECT {cell} FROM {relation}{first}))"
        f" WHERE v IS NOT NULL AND {nobody_sql('v')} ORDER BY 1 LIMIT {_MOST}"
    ).fetchall()
    return [value for (value,) in found]


def _instead(one: Profile, other: Profile, evidence: Evidence) -> bool:
    """Do nearly all rows name exactly one of the two?"""
    first, second = (nobody_sql(quoted(each.column)) for each in (one, other))
    row = evidence.connection.execute(
        f"SELECT count(*), count(*) FILTER ({first} <> {second}), count(*) FILTER (NOT {first}),"
        f" count(*) FILTER (NOT {second}) FROM"
        f" (FROM {quoted(evidence.files[one.file].relation)} LIMIT {_SAMPLE})"
    ).fetchone()
    rows, either, *each = row or (0, 0, 0, 0)
    return bool(either >= _ALL * rows and min(each) >= _SOME * rows)


def _number_alike(
    other: _Other, buyer: Profile, mapped: Sequence[Mapped], evidence: Evidence
) -> bool:
    """Do keys of the second list stand in the first one too, and mean others there?"""
    lists = {table.file for _, table in mapped if table.table == "accounts"} - {other.file}
    links = [evidence.link(buyer, file) for file in lists]
    if all(link is None for link in links) or other.file not in evidence.files:
        return False
    relation = evidence.files[other.file].relation
    alike = evidence.connection.execute(
        f"SELECT count(*) FROM {quoted(relation)} WHERE NOT {nobody_sql(quoted(other.key))} AND"
        f" {quoted(other.key)} IN (SELECT {quoted(buyer.column)} FROM"
        f" {quoted(evidence.files[buyer.file].relation)})"
    ).fetchone()
    return bool(alike and alike[0])


def _called(profile: Profile) -> str:
    """What comes before the second list's keys: `ResellerKey` makes `reseller-`."""
    told = [word for word in words(profile.heading) if word not in _KEY]
    return f"{'-'.join(told) or 'second'}-"


def _marked(table: TableMapping, other: _Other, mark: str) -> TableMapping:
    rule = table.columns.get("account_id")
    if table.table != "accounts" or table.file != other.file or not rule or not rule.column:
        return table
    return _with_key(table, ColumnRule(compute=f"concat('{mark}', {ticked(rule.column)})"))


def _with_key(table: TableMapping, key: ColumnRule) -> TableMapping:
    if "account_id" not in table.columns:
        return table
    return replace(table, columns=table.columns | {"account_id": key})


def _or_nothing(told: str, profile: Profile, evidence: Evidence) -> str:
    """The expression of a reference that is empty where it refers to nobody."""
    nobodys = _nobodys(profile, evidence)
    empty = [f"empty({ticked(profile.column)})"] if told.startswith("concat(") else []
    tests = " or ".join([*empty, *([among(profile.column, nobodys)] if nobodys else [])])
    return f"if(not ({tests}), {told})" if tests else told


def _without_placeholders(
    each: Candidate, table: TableMapping, mapped: Sequence[Mapped], evidence: Evidence
) -> TableMapping:
    """The table with references to a list's placeholders left empty: those rows are left out."""
    rules = dict(table.columns)
    for part, kind in (("account_id", "accounts"), ("product_id", "products")):
        match, rule = each.parts.get(part), rules.get(part)
        if table.table not in _FACTS or not match or not rule or not rule.column:
            continue
        lists = (one for one, of in mapped if of.table == kind and one.table == kind)
        keys = {key for one in lists for key in placeholder_keys(one, evidence)}
        held = sorted(keys & set(_nobodys(match.profile, evidence))) if keys else []
        if held and rule.column == match.profile.column:
            column = ticked(rule.column)
            rules[part] = ColumnRule(compute=f"if(not ({among(rule.column, held)}), {column})")
    return replace(table, columns=rules)
