"""Lines of freight and tax among those of goods: orders tell both beside what was bought."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.documents.charges import PATTERN, is_charge
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.spelling import among, ticked

_MOST = 12
_SHARE = 0.34
_SAMPLE = 200_000


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
    if not told or not few or len(told) > _MOST:
        return []
    return [among(product.profile.column, [value for value, _ in told])]
