"""Rows of a file that are no facts: footers of reports, totals, cancelled orders, deleted rows."""

from collections.abc import Iterable

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.reading.lonely import is_total_sql
from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.dealt import won_of
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.languages import translated
from groundplan.intake.suggest.looking import name_column
from groundplan.intake.suggest.naming import squeezed, words
from groundplan.intake.suggest.offers import beside_sales, is_offer
from groundplan.intake.suggest.profiles import Profile
from groundplan.intake.suggest.spelling import column_of, ticked

_VOID = """
cancelled canceled void voided storniert annule annulee cancelado cancelada geannuleerd annullato
deleted draft trash failed refunded entwurf storno storniert concept brouillon borrador bozza
rascunho utkast kladde makulerad makulert annullerad annullert annulleret anulowana anulowany
anulowano szkic kopia anulada anulado annullata stornoitu luonnos отменен отменён черновик
キャンセル 取消 已取消 canceledbycustomer cancelledbycustomer rembourse remboursee erstattet
reembolsado rimborsato terugbetaald erreurdepaiement zahlungsfehler paymenterror
"""
_CANCELLED = frozenset(map(squeezed, _VOID.split()))
_STRUCK = _CANCELLED - {"refunded", "trash", "draft", "concept", "kopia"}
_GOOD = frozenset(("valid", "posted", "gebucht", "проведен", "проведён", "comptabilise"))
_NO = frozenset(("0", "n", "no", "false", "f", "nein", "non", "nee", "nej", "nei", "não", "nie",
                 "нет"))  # fmt: skip
_MOST_STATES = 12
_BESIDE = frozenset(["is", "was", "flag", "at", "on", "date", "time", "order", "invoice"])
_MOST_FOOTERS = 0.34
_STOCK = """
purchase purchases einkauf achat achats compra compras inkoop acquisto acquisti transfer transfers
umlagerung transfert consumption verbrauch output istmeldung adjmt adjustment adjustments
"""
_OF_STOCK = frozenset(_STOCK.split())
_MOST_KINDS = 15


def is_void(status: str) -> bool:
    """Does the status say that its order or invoice counts for nothing?"""
    return squeezed(status) in _CANCELLED


def skips_of(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> tuple[str, ...]:
    """Expressions for the rows to leave out."""
    return (
        *_deleted(each, evidence),
        *_nobodys(each),
        *_cancelled(each, evidence),
        *_struck(each, evidence),
        *_not_yet_sold(each, evidence),
        *_not_sold(each, evidence),
        *_not_won(each, evidence),
        *_footers(each, rules, evidence),
    )


def _deleted(each: Candidate, evidence: Evidence) -> list[str]:
    return [
        ticked(profile.column)
        for profile in evidence.profiles[each.file].values()
        if squeezed(profile.heading) == "isdeleted" and not profile.empty
    ]


def _nobodys(each: Candidate) -> list[str]:
    """People that a list of pairs puts at no account are no contacts."""
    found = each.find("account_id") or each.find("account.name")
    partner = found[1] if found else None
    if each.table != "contacts" or found is None or partner is None or not partner.optional:
        return []
    part = "account_id" if each.find("account_id") else "account.name"
    return [f"empty({ticked(column_of(each, part))})"]


def _not_won(each: Candidate, evidence: Evidence) -> list[str]:
    won = won_of(each, evidence)
    return [f"not ({won})"] if won else []


def _cancelled(each: Candidate, evidence: Evidence) -> list[str]:
    found = each.find("status") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    named = named_states(found[0].profile, evidence)
    gone = [value for value in values if is_void(named.get(value, value))]
    gone += [] if gone == values else [v for v in values if is_offer(named.get(v, v))]
    return [_among(column_of(each, "status"), gone)] if gone else []


def named_states(profile: Profile, evidence: Evidence) -> dict[str, str]:
    """What a list in another file calls the states that a column holds the numbers of."""
    for other in evidence.files if profile.numeric and profile.kinds <= _MOST_STATES else ():
        link = evidence.link(profile, other) if other != profile.file else None
        name = name_column(evidence, other, link[0]) if link else None
        if link and name:
            return evidence.pairs(other, link[0], name)
    return {}


def _among(column: str, values: Iterable[str]) -> str:
    return f"{ticked(column)} in ({', '.join(map(repr, values))})"


def _not_yet_sold(each: Candidate, evidence: Evidence) -> list[str]:
    """Offers, orders, deliveries and payments that stand beside the invoices they lead to: they
    would count twice, or though nobody bought."""
    found = each.find("kind") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    gone = beside_sales(values)
    return [_among(column_of(each, "kind"), gone)] if gone else []


def _struck(each: Candidate, evidence: Evidence) -> list[str]:
    """Rows that a column of their own or of their order says to be void: by a flag, or by the day
    it happened."""
    if each.table != "purchases":
        return []
    names = [(one, _own(each, one)) for one in evidence.profiles[each.file].values()]
    for at, partner in enumerate(each.partners, 1):
        if partner.file != each.file and not partner.optional:
            names += [
                (one, f"{partner.file}#{at}:{one.column}")
                for one in evidence.profiles[partner.file].values()
            ]
    return [test for one, name in names if (test := _void_test(one, name, evidence))]


def _own(each: Candidate, profile: Profile) -> str:
    return f"{each.file}#1:{profile.column}" if each.has_first else profile.column


def _void_test(profile: Profile, name: str, evidence: Evidence) -> str:
    own = {word for word in words(profile.heading) if word not in _BESIDE}
    if not own or profile.empty:
        return ""
    flagged = profile.share("flags") > 0.9 and profile.kinds > 1
    values = evidence.values(profile.file, profile.column) if flagged else []
    no = [value for value in values if value.lower() in _NO]
    if own <= _STRUCK and profile.share("dates") > 0.9:
        return f"not empty({ticked(name)})"
    if own <= _STRUCK and flagged and no and profile.share("flags") < 1:
        return f"not (empty({ticked(name)}) or {_among(name, no)})"
    if own <= _STRUCK and profile.share("flags") > 0.9:
        return ticked(name)
    return _among(name, no) if own <= _GOOD and no and len(values) == 2 else ""


def _not_sold(each: Candidate, evidence: Evidence) -> list[str]:
    """What a ledger of stock says of purchases, transfers and counts beside its sales."""
    for profile in evidence.profiles[each.file].values() if each.table == "purchases" else ():
        if not (2 <= profile.kinds <= _MOST_KINDS and profile.share("letters") > 0.9):
            continue
        values = evidence.values(each.file, profile.column)
        sales = [value for value in values if _sale(value)]
        if sales and any(_OF_STOCK & set(words(value)) for value in values if value not in sales):
            return [f"not ({ticked(profile.column)} in ({', '.join(map(repr, sales))}))"]
    return []


def _sale(value: str) -> bool:
    return translated(words(value)) in (("sale",), ("sales",))


def _footers(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> list[str]:
    """Rows that have none of the columns a row needs, but something in another.

    A report's first column carries its footers and totals, so it is not asked.
    """
    profiles = evidence.profiles[each.file]
    required = [column.name for column in TABLES[each.table].required]
    asked = [
        rules[name].column
        for name in required
        if name in rules
        and rules[name].column in profiles
        and profiles[rules[name].column].position > 0
        and name != "amount"
    ]
    asked = list(dict.fromkeys(asked))
    if len(asked) < 1 or (len(asked) == 1 and TABLES[each.table].key):
        return []
    empty = " AND ".join(f"{quoted(column)} IS NULL" for column in asked)
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER ({empty}), count(*)"
        f" FROM {quoted(evidence.files[each.file].relation)}"
    ).fetchone()
    none, rows = row or (0, 0)
    few = none <= max(12, _MOST_FOOTERS * rows) and (len(asked) > 1 or none <= max(2, 0.1 * rows))
    if not none or not (few or _of_groups(each.file, empty, evidence)):
        return []
    return [" and ".join(f"empty({ticked(column)})" for column in asked)]


def _of_groups(file: str, empty: str, evidence: Evidence) -> bool:
    """Do all the rows that lack what a row needs only begin or end a group of a report?"""
    first, *others = map(quoted, evidence.files[file].columns)
    alone = " AND ".join(f"{name} IS NULL" for name in others) or "false"
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER ({empty} AND NOT (({alone}) OR {is_total_sql(first)})),"
        f" count(*) FILTER (NOT ({empty})) FROM {quoted(evidence.files[file].relation)}"
    ).fetchone()
    return bool(row and row[0] <= 1 and row[1])
