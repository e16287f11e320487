"""Lines of freight and tax among those of goods: many orders list both beside what was bought."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.reading.printed_totals import printed_cells
from groundplan.intake.suggest.documents.charges import PATTERN, is_charge
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, ticked
from groundplan.intake.suggest.values.evidence import Evidence

_MOST = 12
_SHARE = 0.34
_SAMPLE = 200_000
_CENT = 0.0151


def charges(each: Candidate, evidence: Evidence) -> list[str]:
    """What is left out where few lines, of few such names, are freight or tax. Where many are,
    transport is what the company sells."""
    if each.table != "purchases":
        return []
    return [*_taxed_by_rate(each), *_named(each, evidence)]


def _taxed_by_rate(each: Candidate) -> list[str]:
    """A tax whose line has percents where others have a price; a discount's begins with a minus."""
    price = each.parts.get("unit_price")
    if price is None or not 0 < price.profile.share("percents") <= _SHARE:
        return []
    rate = ticked(price.profile.column)
    return [f"contains({rate}, '%') and not starts_with({rate}, '-')"]


def _named(each: Candidate, evidence: Evidence) -> list[str]:
    product = each.parts.get("product.name") or each.parts.get("product_id")
    if product is None or product.profile.share("letters") < 0.1:
        return []
    name = quoted(product.profile.column)
    rows = evidence.connection.execute(
        f"SELECT {name}, count(*) FROM (SELECT {name} FROM"
        f" {quoted(evidence.files[each.file].relation)} LIMIT {_SAMPLE})"
        f" WHERE regexp_matches(lower({name}), '{PATTERN}') GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    told = [(value, count) for value, count in rows if is_charge(value)]
    few = sum(count for _, count in told) <= _SHARE * min(evidence.files[each.file].rows, _SAMPLE)
    if not told or not few or len(told) > _MOST or _printed_with_them(each, evidence):
        return []
    return [among(product.profile.column, [value for value, _ in told])]


def _printed_with_them(each: Candidate, evidence: Evidence) -> bool:
    """Does the file print a total of its amounts that all its lines sum to, those as well? Then
    they are part of what it calls its sales."""
    amount = each.parts.get("amount")
    if amount is None:
        return False
    column, mark = amount.profile.column, amount.profile.mark
    cells = printed_cells(evidence.connection, each.file, column)
    if not cells:
        return False
    row = evidence.connection.execute(
        f"SELECT sum({number_sql(quoted(column), mark)}), (SELECT {number_sql('v', mark)} FROM"
        f" (SELECT ? AS v)) FROM {quoted(evidence.files[each.file].relation)}",
        [cells[-1][1]],
    ).fetchone()
    every, printed = row or (None, None)
    return every is not None and printed is not None and abs(every - printed) < _CENT
