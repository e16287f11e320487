"""Rows of a list that stand for nobody: `-1, [Not Applicable]` lets facts refer to something."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.nobody import nobody_sql

_KEYS = {"accounts": "account_id", "products": "product_id", "users": "login"}
_MOST = 12
_SAMPLE = 20_000


def placeholders(each: Candidate, evidence: Evidence) -> list[str]:
    """What is left out of a list for having a key and a name that say that there is none."""
    keys = placeholder_keys(each, evidence)
    return [among(each.parts[_KEYS[each.table]].profile.column, keys)] if keys else []


def placeholder_keys(each: Candidate, evidence: Evidence) -> list[str]:
    """The keys of those of a list's first rows that stand for nobody."""
    key, name = each.parts.get(_KEYS.get(each.table, "")), each.parts.get("name")
    if key is None or name is None or key.profile is name.profile or not key.profile.unique:
        return []
    column, called = quoted(key.profile.column), quoted(name.profile.column)
    rows = evidence.connection.execute(
        f"SELECT {column} FROM (SELECT {column}, {called} FROM"
        f" {quoted(evidence.files[each.file].relation)} LIMIT {_SAMPLE}) WHERE {column} IS NOT NULL"
        f" AND {nobody_sql(column)} AND {nobody_sql(called)} ORDER BY 1 LIMIT {_MOST}"
    ).fetchall()
    return [value for (value,) in rows]
