"""Who buys, where several columns may tell: companies before people, people before addresses."""

from collections.abc import Collection, Iterable

from groundplan.intake.suggest.headings.naming import meanings, named
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Match, Parts
from groundplan.intake.suggest.matching.people import share_of_people
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.firms import firms_share
from groundplan.intake.suggest.values.profiles import Profile

_NAME = "account.name"
_TABLES = frozenset(("purchases", "opportunities"))
_PEOPLE, _NO_PEOPLE = 0.5, 0.15
_NEARLY_ALL = 0.95
_DOUBTFUL = 0.7
_TELLS = 0.9
_SURELY = 0.95
_SPELT = 0.5
_FEW = 3
_SOME_FIRMS = 0.25
_ELSEWHERE = """
address street strasse road city town ort country region state zip postcode phone fax tel mail email
url website web contact person first last given given vorname nachname surname user rep seller owner
agent created modified note notes comment remark ref reference memo text description shipping
ship delivery status type group industry branch segment category title file bank iban swift vat
"""
_ON = """
distributor dealer reseller wholesaler stockist handler vertriebspartner grosshandler distributeur
revendeur grossiste distribuidor mayorista distributore rivenditore grossist wederverkoper
"""
_SELLS_ON = frozenset(_ON.split())
_BUYERS = frozenset(("customer", "client", "buyer", "kunde", "kunden", "cliente", "klant"))
_NO_NAMES = frozenset(_ELSEWHERE.split())
_PAIRS = (("account_id", _NAME), ("product_id", "product.name"))


def companies_first(
    table: str, profiles: Iterable[Profile], evidence: Evidence, parts: Parts
) -> None:
    """The customer isn't whose card paid or who ordered where another column of customers, filled
    in nearly all rows, has no people's names."""
    now = parts.get(_NAME)
    if table not in _TABLES or now is None or _people(now.profile, evidence) < _PEOPLE:
        return
    taken = {match.profile.column for match in parts.values()}
    for profile in profiles:
        sure = named(table, profile.heading).get(_NAME, 0.0)
        if profile.column in taken or sure < THRESHOLD or profile.filled < _NEARLY_ALL:
            continue
        texts = profile.share("letters") > _NEARLY_ALL and profile.share("emails") < _NO_PEOPLE
        if texts and profile.kinds > 2 and _people(profile, evidence) < _NO_PEOPLE:
            parts[_NAME] = Match(profile, sure, f"{now.profile.column} has names of people")
            return


def end_customers_first(table: str, profiles: Iterable[Profile], parts: Parts) -> None:
    """Whom something was sold through isn't who bought it, where another column tells customers."""
    if table not in _TABLES:
        return
    for part in ("account_id", _NAME):
        now = parts.get(part)
        if now is None or not passes_on(now.profile):
            continue
        taken = {match.profile.column for match in parts.values()}
        for profile in profiles:
            told = named(table, profile.heading)
            sure = max((told.get(one, 0.0), one) for one in ("account_id", _NAME))
            buys = bool(_BUYERS & said(profile)) and not passes_on(profile)
            if profile.column in taken or sure[0] < THRESHOLD or not buys:
                continue
            if profile.filled > _TELLS and profile.kinds > 2:
                del parts[part]
                parts[sure[1]] = Match(profile, sure[0], f"sold through {now.profile.column}")
                break
        else:
            if {"account_id", _NAME} <= set(parts) and not passes_on(parts[_NAME].profile):
                del parts[part]


def passes_on(profile: Profile) -> bool:
    """Is it called one who sells on? That is who buys only where nobody is called a customer."""
    return bool(_SELLS_ON & said(profile)) and not _BUYERS & said(profile)


def of_the_order(table: str, profiles: Iterable[Profile], evidence: Evidence, parts: Parts) -> None:
    """An order has one buyer: a column that changes within orders gives way to one that doesn't.
    So `Account` is the ledger's where `Name` is the same on all lines."""
    order = parts.get("order_id")
    if table != "purchases" or order is None or order.profile.unique:
        return
    for part in ("account_id", _NAME):
        now = parts.get(part)
        if now is None or _is_of(order, now.profile, evidence):
            continue
        taken = {match.profile.column for match in parts.values()}
        for profile in profiles:
            sure = named(table, profile.heading).get(_NAME, 0.0)
            fits = profile.kinds > 1 and profile.share("letters") > _TELLS
            if profile.column in taken or sure < THRESHOLD or not fits:
                continue
            if profile.filled > _TELLS and _is_of(order, profile, evidence):
                del parts[part]
                why = f"{now.profile.column} changes within an order"
                parts[_NAME] = Match(profile, max(sure, _DOUBTFUL), why)
                break


def _is_of(order: Match, buyer: Profile, evidence: Evidence) -> bool:
    return evidence.decides(buyer.file, order.profile.column, buyer.column) > _TELLS


def _people(profile: Profile, evidence: Evidence) -> float:
    return share_of_people(evidence.values(profile.file, profile.column))


def named_beside(
    key: Profile, profiles: Iterable[Profile], taken: Collection[str], evidence: Evidence
) -> Match | None:
    """The column that says what a key's things are called, under whatever heading.

    It has one value for each of the key's and about as many; its heading speaks of names, or its
    values are companies', or no other column is like that.
    """
    found = [p for p in profiles if p.column not in taken and _may_name(key, p, evidence)]
    for profile in found:
        if "name" in said(profile):
            return Match(profile, 0.8, f"a name that goes with {key.column}")
    for profile in found:
        if firms_share(profile, evidence) > _SOME_FIRMS:
            return Match(profile, 0.75, f"names of companies that go with {key.column}")
    spelt = [p for p in found if p.share("blanks") > _SPELT]
    if len(spelt) == 1:
        return Match(spelt[0], 0.62, f"the only names that go with {key.column}")
    return None


def _may_name(key: Profile, profile: Profile, evidence: Evidence) -> bool:
    texts = profile.share("letters") > 0.9 and profile.share("dates") < 0.5
    if not texts or profile.share("emails") > 0 or profile.filled < _NEARLY_ALL:
        return False
    many = max(2.0, 0.6 * key.kinds) < profile.kinds <= key.kinds and profile.length < 80
    if profile.column == key.column or not many or _NO_NAMES & said(profile):
        return False
    if key.unique:
        return profile.distinct > _TELLS
    return evidence.decides(key.file, key.column, profile.column) > _TELLS


def said(profile: Profile) -> frozenset[str]:
    """The words of a column's heading, and what they are in English."""
    return meanings(profile.heading)


def without_false_keys(file: str, evidence: Evidence, parts: Parts) -> None:
    """A column that may be a key by its heading, but doesn't tell the name beside it, is none:
    `Account` is the ledger's where `Name` is the customer's. A heading that surely says so stands,
    but for a column of one value beside many names; one name of many keys is none either, and no
    person's name is the key of a company."""
    for reference, name in _PAIRS:
        key, told = parts.get(reference), parts.get(name)
        if key is None or told is None:
            continue
        if told.profile.kinds == 1 < _FEW < key.profile.kinds:
            del parts[name]
            continue
        if told.score < _DOUBTFUL:
            continue
        alone = key.profile.kinds == 1 < told.profile.kinds
        columns = (key.profile.column, told.profile.column)
        doubted = key.score < _SURELY and not key.profile.unique
        decided = not doubted or evidence.decides(file, *columns) >= _TELLS
        if alone or not decided or (doubted and _orders_for(key.profile, told.profile, evidence)):
            del parts[reference]


def _orders_for(key: Profile, firm: Profile, evidence: Evidence) -> bool:
    """Is one column whom another's companies order by, several people for some of them?"""
    fewer = firm.kinds < key.kinds and _people(firm, evidence) < _NO_PEOPLE
    return fewer and _people(key, evidence) > _PEOPLE


def without_buyers_address(file: str, evidence: Evidence, parts: Parts) -> None:
    """An e-mail address that comes and goes with the customer is the customer's, no seller's."""
    buyer = parts.get(_NAME) or parts.get("account_id")
    for part in ("owner", "account.owner"):
        seller = parts.get(part)
        if seller and buyer and seller.score < _DOUBTFUL and seller.profile.share("emails") > 0.5:
            columns = (seller.profile.column, buyer.profile.column)
            if evidence.decides(file, *columns) >= _TELLS:
                del parts[part]
