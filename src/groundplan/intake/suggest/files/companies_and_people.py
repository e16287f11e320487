"""Lists that hold companies and the people who work there, a row each: a flag or a type tells which
is which, and a person's row names the company, which has a row of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from groundplan.intake.contracts import ColumnRule, Join, TableMapping
from groundplan.intake.mapping.cells import literal, quoted
from groundplan.intake.suggest.files.people_of_customers import counted_for_companies
from groundplan.intake.suggest.headings.languages import plain
from groundplan.intake.suggest.headings.naming import meanings, named
from groundplan.intake.suggest.matching.candidates import Candidate, candidate
from groundplan.intake.suggest.matching.expressions import among, concat, ticked
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Extra, matched
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_SPELT = """
person people persons personne personnes persona personas pessoa pessoas persoon personen osoba
privatperson privatpersonen einzelperson particulier individual individuo individu henkilo kisi
contact contacts физлицо человек контакт
"""
_PEOPLE = frozenset(plain(word) for word in _SPELT.split())
_COMPANY = frozenset(("company", "organization", "organisation"))
_FACTS = frozenset(("purchases", "opportunities"))
_MOST_KINDS = 8
_SURE, _MOSTLY, _SELDOM = 1.2, 0.8, 0.2
_OF_PEOPLE = frozenset(("title", "department", "email", "phone"))


@dataclass(frozen=True, slots=True)
class Mixed:
    """Columns of such a list: whose rows are called `name`, whose people name their `company`, by
    `key`; of people `flag` has one of `people`."""

    name: str
    company: str
    key: str
    flag: str
    people: tuple[str, ...]

    @property
    def employed(self) -> str:
        """The expression of whether a row is a person who works for a company of the list."""
        return f"{among(self.flag, self.people)} and not empty({ticked(self.company)})"


def mixed_in(file: str, evidence: Evidence) -> Mixed | None:
    """What tells companies and people of a file apart; None where it isn't such a list."""
    profiles = list(evidence.profiles[file].values())
    flags = [p for p in profiles if 2 <= p.kinds <= _MOST_KINDS and p.filled > _MOSTLY]
    flags = [p for p in flags if _tells_people(p, evidence)]
    names = [p for p in profiles if _names(p) >= THRESHOLD and p.share("letters") > _MOSTLY]
    for name in sorted(names, key=lambda one: (-_names(one), one.position)) if flags else ():
        keys = [name.column, *(p.column for p in profiles if p.unique and p is not name)]
        for company in profiles:
            if company is name or not _SELDOM < company.filled < 1 or company.kinds < 2:
                continue
            key = next((k for k in keys if _refers(company, k, evidence)), "")
            for flag in flags if key else ():
                people = _with_company(flag, company, evidence)
                if people:
                    return Mixed(name.column, company.column, key, flag.column, people)
    return None


def companies_in(file: str, mixed: Mixed, evidence: Evidence) -> Candidate:
    """The list as accounts."""
    extra: Extra = {("name", mixed.name): (_SURE, "its companies are called so")}
    if mixed.key != mixed.name:
        extra[("account_id", mixed.key)] = (_SURE, "its people refer to it")
    found = candidate("accounts", file, evidence, extra)
    parts = {
        part: one
        for part, one in found.parts.items()
        if part != "parent_id" and one.profile.column not in (mixed.company, mixed.flag)
    }
    return replace(found, parts=parts, missing=(), score=max(found.score, _MOSTLY), repeats=True)


def people_of(file: str, mixed: Mixed, evidence: Evidence) -> TableMapping:
    """Its people as contacts of their companies."""
    rules = {"account_id": ColumnRule(column=mixed.company), "name": ColumnRule(column=mixed.name)}
    whose = (mixed.company, mixed.name)
    own = mixed.key != mixed.name
    rules["contact_id"] = ColumnRule(column=mixed.key) if own else ColumnRule(
        compute=concat(whose, "/")
    )  # fmt: skip
    left = [p for p in evidence.profiles[file].values() if p.column not in {*whose, mixed.flag}]
    told = matched("contacts", left, only=_OF_PEOPLE)
    rules |= {part: ColumnRule(column=match.profile.column) for part, match in told.items()}
    by_name = () if own else ("account_id",)
    skip = (f"not ({mixed.employed})",)
    return TableMapping("contacts", file, rules, skip=skip, match_by_name=by_name, attributes=())


def with_their_companies(
    mapped: Sequence[tuple[Candidate, TableMapping]], evidence: Evidence
) -> Iterator[tuple[Candidate, TableMapping]]:
    """The tables with the companies of the people whom orders and deals name: systems write a
    person as `Company, Person`, and what was sold was sold to the company. A list of both tells who
    they are, or else the column of customers itself."""
    yield from counted_for_companies(list(_by_lists(mapped, evidence)), evidence)


def _by_lists(
    mapped: Sequence[tuple[Candidate, TableMapping]], evidence: Evidence
) -> Iterator[tuple[Candidate, TableMapping]]:
    files = dict.fromkeys(table.file for _, table in mapped if table.table == "accounts")
    lists = {file: mixed for file in files if (mixed := mixed_in(file, evidence))}
    for each, table in mapped:
        told = table
        for file, mixed in lists.items() if table.table in _FACTS else ():
            told = _sold_to_companies(told, file, mixed, evidence)
        yield each, told


def _sold_to_companies(
    table: TableMapping, file: str, mixed: Mixed, evidence: Evidence
) -> TableMapping:
    rule = table.columns.get("account_id")
    if rule is None or file == table.file or rule.column not in evidence.profiles[table.file]:
        return table
    own, relation = quoted(rule.column), quoted(evidence.files[file].relation)
    for profile in evidence.profiles[file].values():
        if not profile.unique or profile.share("letters") < _MOSTLY:
            continue
        listed = evidence.within(
            table.file, rule.column, evidence.files[file].relation, profile.column
        )
        people = ", ".join(map(literal, mixed.people))
        row = evidence.connection.execute(
            f"SELECT count(*) FROM {relation} WHERE {quoted(profile.column)} IN (SELECT {own} FROM"
            f" {quoted(evidence.files[table.file].relation)}) AND {quoted(mixed.company)} IS NOT"
            f" NULL AND {quoted(mixed.flag)} IN ({people})"
        ).fetchone()
        if listed > _MOSTLY and row and row[0]:
            join = Join(file, {rule.column: profile.column}, optional=True, first=True)
            company = ticked(f"{file}#{len(table.joins) + 1}:{mixed.company}")
            key = ColumnRule(compute=f"coalesce({company}, {ticked(rule.column)})")
            columns = table.columns | {"account_id": key}
            return replace(table, columns=columns, joins=(*table.joins, join))
    return table


def _names(profile: Profile) -> float:
    told = (named(table, profile.heading).get("name", 0.0) for table in ("accounts", "contacts"))
    return max(told)


def _tells_people(profile: Profile, evidence: Evidence) -> bool:
    """Is it a flag that is called a company's, or are some of its few values words for people?"""
    if profile.share("flags") > _MOSTLY:
        return bool((_COMPANY | _PEOPLE) & meanings(profile.heading))
    values = evidence.values(profile.file, profile.column)
    return any(_PEOPLE & meanings(value) for value in values)


def _refers(company: Profile, key: str, evidence: Evidence) -> bool:
    relation = evidence.files[company.file].relation
    own = company.column != key and company.share("dates") < _SELDOM
    return own and evidence.within(company.file, company.column, relation, key) > 0.9


def _with_company(flag: Profile, company: Profile, evidence: Evidence) -> tuple[str, ...]:
    """The values of a flag whose rows mostly name a company, as those of others seldom do."""
    kind, cell = quoted(flag.column), quoted(company.column)
    rows: Iterable[tuple[str, float]] = evidence.connection.execute(
        f"SELECT {kind}, avg(CAST({cell} IS NOT NULL AS INTEGER)) FROM"
        f" {quoted(evidence.files[flag.file].relation)} WHERE {kind} IS NOT NULL GROUP BY 1"
        f" ORDER BY 1"
    ).fetchall()
    shares = dict(rows)
    people = tuple(value for value, share in shares.items() if share > _MOSTLY)
    others = [share for value, share in shares.items() if value not in people]
    return people if people and others and max(others) < _SELDOM else ()
