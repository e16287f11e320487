"""Lines of documents that only hold text: comments between the lines of what was sold."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.headings.naming import meanings, singular
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, ticked
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.values.evidence import Evidence

_TEXTS = frozenset(("comment", "text", "note", "remark", "kommentar", "commentaire", "comentario"))
_MOST_KINDS = 15
_MOSTLY = 0.5


def only_texts(each: Candidate, evidence: Evidence) -> list[str]:
    """The lines that a column of kinds calls comments, none of which has a quantity or an amount,
    or that name no article and sell nothing where others do: they are no sales of 0, and what they
    say is the name of no article."""
    told = [match for part in ("quantity", "amount") if (match := each.parts.get(part))]
    if each.table != "purchases" or not told:
        return []
    sections = _sections(each, told, evidence)
    if sections:
        return sections
    for profile in evidence.profiles[each.file].values():
        if not (2 <= profile.kinds <= _MOST_KINDS and profile.share("letters") > 0.9):
            continue
        texts = [value for value in evidence.values(each.file, profile.column) if _is_text(value)]
        if texts and not _sells(each.file, profile.column, texts, told, evidence):
            return [among(profile.column, texts)]
    return []


def _sections(each: Candidate, told: list[Match], evidence: Evidence) -> list[str]:
    product = each.parts.get("product_id") or each.parts.get("product.name")
    if product is None or not _MOSTLY <= product.profile.filled < 1 or len(told) < 2:
        return []
    column = product.profile.column
    cells = [number_sql(quoted(one.profile.column), one.profile.mark) for one in told]
    nothing = " AND ".join(f"coalesce({cell}, 0) = 0" for cell in cells)
    row = evidence.connection.execute(
        f"SELECT count(*) FROM {quoted(evidence.files[each.file].relation)}"
        f" WHERE {quoted(column)} IS NULL AND {nothing}"
    ).fetchone()
    if not row or not row[0]:
        return []
    names = [ticked(one.profile.column) for one in told]
    tests = (f"(empty({name}) or number({name}) == 0)" for name in names)
    return [" and ".join((f"empty({ticked(column)})", *tests))]


def _is_text(value: str) -> bool:
    return bool(_TEXTS & set(map(singular, meanings(value))))


def _sells(file: str, column: str, texts: list[str], told: list[Match], evidence: Evidence) -> bool:
    cells = (number_sql(quoted(m.profile.column), m.profile.mark) for m in told)
    some = " OR ".join(f"coalesce({cell}, 0) <> 0" for cell in cells)
    row = evidence.connection.execute(
        f"SELECT coalesce(bool_or({some}), false) FROM {quoted(evidence.files[file].relation)}"
        f" WHERE list_contains(?, {quoted(column)})",
        [texts],
    ).fetchone()
    return bool(row and row[0])
