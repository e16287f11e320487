"""Which column of order lines or deals is which, whatever they are called: by how columns depend on
each other.

An order has one day and one customer and repeats both on each line; an article changes from line to
line; a key and its name come and go together.
"""

from collections.abc import Iterable, Sequence

from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.buyers import passes_on, said
from groundplan.intake.suggest.matching.deal_dates import days_of_deals
from groundplan.intake.suggest.matching.fitting import Extra
from groundplan.intake.suggest.matching.key_and_name import are_codes
from groundplan.intake.suggest.matching.people import sellers
from groundplan.intake.suggest.matching.void_states import void_states
from groundplan.intake.suggest.orders.amounts import is_net_price
from groundplan.intake.suggest.orders.currencies import is_currency
from groundplan.intake.suggest.orders.order_totals import repeated_on_lines
from groundplan.intake.suggest.values.arithmetic import sums_of
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.firms import firms_share
from groundplan.intake.suggest.values.profiles import Profile

_FEWEST_ROWS = 12
_GUESSED = 0.66
"""Above the threshold for columns, below any heading that names its column."""
_DEPENDING = 0.84
"""Above a heading that may name its column, below one that surely does."""
_PROVEN = 1.02
_MOSTLY_FIRMS = 0.6
_OTHERS = "supplier vendor manufacturer maker brand carrier shipper warehouse competitor parent"
_OTHER_FIRMS = frozenset(_OTHERS.split())
_BESIDE = """
status state type method mode payment shipping ship currency country city postcode zip channel
region priority warehouse location incoterm store branch shop
"""
_OF_ORDERS = frozenset(_BESIDE.split())
"""What an order has beside its buyer, the same on all its lines as well."""
_PLACES = """
address addr street line1 line2 city town zip postcode postal country phone fax email reference ref
tracking serial note notes comment comments
"""
_NO_WARES = frozenset(_PLACES.split())
"""What may change from line to line and is no article."""
_MONEY = frozenset(("revenue", "value", "amount", "total", "price", "sum", "volume", "budget"))
_LESS = "weighted expected tax cost margin profit discount annual paid balance recurring"
_NOT_THE_DEALS = frozenset(_LESS.split())
_KEY = frozenset(("id", "key", "nr", "no", "number", "code"))


def scores_by_values(table: str, file: str, evidence: Evidence) -> Extra:
    """Scores of parts by their values alone, for the tables that facts are rows of."""
    if table not in ("purchases", "opportunities") or evidence.files[file].rows < _FEWEST_ROWS:
        return {}
    extra = _currency(file, evidence) | void_states(file, evidence)
    if table == "purchases":
        extra |= sellers("account.owner", file, evidence, _GUESSED)
        return extra | line_sums(file, evidence) | _order(file, evidence)
    extra |= days_of_deals(file, evidence, _GUESSED)
    return extra | sellers("owner", file, evidence, _GUESSED) | _deal(file, evidence)


def _currency(file: str, evidence: Evidence) -> Extra:
    for profile in evidence.profiles[file].values():
        if profile.share("codes") > 0.95 and profile.kinds <= 40:
            values = evidence.values(file, profile.column)
            if all(map(is_currency, values)):
                return {("currency", profile.column): (0.9, "its values are currencies")}
    return {}


def line_sums(file: str, evidence: Evidence) -> Extra:
    """The columns of a line that calculate each other."""
    sums = sums_of(file, evidence, repeated_on_lines(file, evidence))
    told = {"quantity": sums.quantity, "unit_price": sums.unit_price, "amount": sums.net,
            "discount": sums.discount}  # fmt: skip
    why = "it agrees with the columns it is calculated from"
    extra: Extra = {(part, column): (_PROVEN, why) for part, column in told.items() if column}
    if not sums.net:
        for profile in evidence.profiles[file].values():
            if is_net_price(profile.heading) and profile.numeric:
                extra[("unit_price", profile.column)] = (_PROVEN, "what a unit was sold for")
    return extra


def _order(file: str, evidence: Evidence) -> Extra:
    """The order's number, its day and customer, and what changes within it."""
    profiles = list(evidence.profiles[file].values())
    dates = [p for p in profiles if p.share("dates") > 0.95 and p.filled > 0.98 and p.kinds > 2]
    keys = [p for p in profiles if _may_be_key(p)]
    firms = _firms(file, keys, evidence)
    for order in sorted(keys, key=lambda one: -one.kinds):
        lines = order.rows / max(order.kinds, 1)
        if not 1.15 < lines < 30 or order in firms or not dates:
            continue
        days = [day for day in dates if _decides(file, order, day, evidence)]
        owned = [p for p in keys if p is not order and _decides(file, order, p, evidence)]
        free = [p for p in keys if p is not order and p not in owned and _may_be_ware(p)]
        owned = [p for p in owned if p.kinds < 0.95 * order.kinds and not _OF_ORDERS & said(p)]
        if days and owned and all(_decides(file, order, firm, evidence) for firm in firms):
            buyer = firms[:1] or [max(owned, key=lambda one: one.kinds)]
            extra = _named(
                ("order_id", "order_id"), [order], _DEPENDING, "its lines share a day and a buyer"
            )
            extra |= _named(("account_id", "account.name"), _pair(file, buyer, owned, evidence),
                            _DEPENDING, "all lines of an order have the same")  # fmt: skip
            if free and max(p.kinds for p in free) > 2:
                ware = [max(free, key=lambda one: one.kinds)]
                extra |= _named(("product_id", "product.name"), _pair(file, ware, free, evidence),
                                _DEPENDING, "it changes within an order")  # fmt: skip
            extra |= _bought_by(file, firms, owned, evidence)
            return extra | {("date", days[0].column): (_GUESSED, "all lines of an order share it")}
    return _bought_by(file, firms, keys, evidence)


def _deal(file: str, evidence: Evidence) -> Extra:
    profiles = list(evidence.profiles[file].values())
    keys = [p for p in profiles if _may_be_key(p)]
    firms = _firms(file, keys, evidence)
    extra = _named(
        ("account_id", "account.name"), firms[:1], _GUESSED, "its values are names of companies"
    )
    for profile in profiles:
        if profile.kinds <= 25 and profile.share("letters") > 0.9:
            outcomes = {outcome_of(v).outcome for v in evidence.values(file, profile.column)}
            if {"won", "lost"} <= outcomes:
                extra[("stage", profile.column)] = (0.85, "its values tell won from lost")
                extra[("status", profile.column)] = (0.8, "its values tell won from lost")
                break
    first = profiles[0]
    if first.unique and first.share("blanks") == 0 and _KEY & said(first):
        extra[("opportunity_id", first.column)] = (0.84, "it comes first and tells rows apart")
    amounts = [p for p in profiles if _may_be_amount(p)]
    amounts = [p for p in amounts if len(amounts) == 1 or _is_money(p)]
    if amounts:
        extra[("amount", amounts[0].column)] = (_GUESSED, "the first column of amounts")
    return extra


def _is_money(profile: Profile) -> bool:
    told = said(profile)
    return bool(_MONEY & told) and not _NOT_THE_DEALS & told


def _may_be_amount(profile: Profile) -> bool:
    """Numbers of many sizes that are no shares and no keys."""
    fractions = profile.share("wholes") < 0.9 or (profile.highest or 0) >= 1000
    keyed = profile.unique and profile.share("wholes") > 0.99
    return (
        profile.numeric
        and fractions
        and not keyed
        and profile.share("letters") < 0.5
        and profile.share("dates") < 0.5
        and profile.share("percents") == 0
        and profile.kinds > 0.3 * profile.rows
    )


def _may_be_key(profile: Profile) -> bool:
    """A text or a whole number long enough to be one: no day, flag, amount, address or constant."""
    if profile.filled < 0.97 or profile.kinds < 2 or profile.longest > 120:
        return False
    if profile.share("dates") > 0.5 or profile.share("emails") > 0.5:
        return False
    if profile.share("letters") > 0.9 or profile.share("numbers") < 0.1:
        return True
    return profile.share("wholes") > 0.97 and profile.length >= 3 and profile.share("percents") == 0


def _may_be_ware(profile: Profile) -> bool:
    return profile.kinds < 0.5 * profile.rows and not _NO_WARES & said(profile)


def _firms(file: str, keys: Iterable[Profile], evidence: Evidence) -> list[Profile]:
    """The columns of which many values end as companies' names do."""
    found = []
    for profile in keys:
        others = _OTHER_FIRMS & said(profile)
        named_so = profile.share("blanks") > 0.5 and profile.distinct < 0.98 and profile.kinds > 2
        if named_so and not others and firms_share(profile, evidence) > 0.3:
            found.append(profile)
    told = {p.column: named("purchases", p.heading).get("account.name", 0.0) for p in found}
    return sorted(found, key=lambda p: (passes_on(p), -told[p.column]))


def _bought_by(file: str, firms: Sequence[Profile], among: list[Profile], e: Evidence) -> Extra:
    """The column of companies' names, and the key that comes and goes with it."""
    if not firms:
        return {}
    sure = _PROVEN if firms_share(firms[0], e) > _MOSTLY_FIRMS else _GUESSED
    why = "its values are names of companies"
    pair = [one for one in _pair(file, firms[:1], among, e) if one is not firms[0]]
    key: Extra = {("account_id", one.column): (_DEPENDING, why) for one in pair}
    return key | {("account.name", firms[0].column): (sure, why)}


def _decides(file: str, one: Profile, other: Profile, evidence: Evidence) -> bool:
    """Has each value of `one` a single value of `other`, in nearly all cases?"""
    return evidence.decides(file, one.column, other.column) > 0.98


def _pair(
    file: str, told: Sequence[Profile], among: Iterable[Profile], evidence: Evidence
) -> list[Profile]:
    """A column and the one that comes and goes with it, the key before the name."""
    first = told[0]
    for other in among:
        if other is not first and abs(other.kinds - first.kinds) <= 0.05 * first.kinds:
            both = _decides(file, first, other, evidence) and _decides(file, other, first, evidence)
            key, name = sorted((first, other), key=lambda one: (one.share("blanks"), one.length))
            if both and are_codes(key, evidence):
                return [key, name]
    return [first]


def _named(parts: tuple[str, str], columns: Sequence[Profile], sure: float, why: str) -> Extra:
    if len(columns) == 2:
        return {(part, p.column): (sure, why) for part, p in zip(parts, columns, strict=True)}
    part = parts[1] if columns and columns[0].share("blanks") > 0.3 else parts[0]
    return {(part, p.column): (sure, why) for p in columns}
