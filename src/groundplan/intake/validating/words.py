"""Truth values, currencies and words from closed lists, typed in SQL."""

from groundplan.engine.facts import Column
from groundplan.engine.sql import literal

_YES = """
1 true t yes y x on ja wahr oui vrai si sí sim s vero checked -1 1.0 active да tak ano evet はい 是
"""
_NO = """
0 false f no n off nein falsch non faux não nao falso unchecked 0.0 inactive - нет nie ne nej nei
nee hayır いいえ 否
"""
_TRUE, _FALSE = _YES.split(), _NO.split()
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "us$": "USD", "kr": "SEK"}
_SPELT = {
    "EUR": "euros?|евро",
    "USD": r"(us|u\.s\.|united states|american)[- ]dollars?|dollar (us|am[eé]ricain)"
    r"|dollar des [eé]tats-unis|d[oó]lar(es)? (estadounidenses?|americanos?|eeuu)"
    r"|dollaro (usa|statunitense|americano)"
    "|доллар сша",
    "GBP": "(british |uk )?pounds?( sterling)?|(britisches )?pfund( sterling)?|livres? sterling"
    "|libras? esterlinas?|фунт стерлингов",
    "CHF": "swiss francs?|(schweizer )?franken|francs? suisses?|franco suizo|швейцарский франк",
    "RUB": "(russian )?(rubles?|roubles?)|(российский )?рубль|russischer rubel",
    "KZT": "(kazakhstani )?tenge|(казахстанский )?тенге",
    "UAH": "(ukrainian )?hryvnia|(украинская )?гривна|гривня",
    "BYN": "белорусский рубль|belarusian ruble",
    "PLN": "(polish )?z[lł]oty|злотый",
    "CZK": "(czech )?koruna|koruna česká|česká koruna",
    "SEK": "swedish kron(a|or)|svenska? kron(a|or)",
    "NOK": "norwegian kron(e|er)|norske? kron(e|er)",
    "DKK": "danish kron(e|er)|danske? kron(e|er)",
    "HUF": "(hungarian |magyar )?forint",
    "TRY": "(turkish |türk )liras[ıi]?",
    "BRL": "brazilian real|real brasileiro|real brasileño",
    "MXN": "mexican peso|peso mexicano",
    "INR": "indian rupees?",
    "JPY": "(japanese )?yen|日本円|円",
    "CNY": "(chinese )?yuan|renminbi|人民币|китайский юань",
    "CAD": "canadian dollars?",
    "AUD": "australian dollars?",
}
"""Currencies by the names that systems write for them, in lower case."""

# What sources write for a value of ours, in lower case with blanks for punctuation.
SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        "recognised": (
            "recognized",
            "invoiced",
            "billed",
            "shipped",
            "delivered",
            "closed",
            "complete",
            "completed",
            "fulfilled",
            "paid",
            "posted",
            "fakturiert",
            "geliefert",
        ),
        "backlog": (
            "open",
            "booked",
            "ordered",
            "on order",
            "back order",
            "backorder",
            "pending",
            "confirmed",
            "processing",
            "in process",
            "new",
            "offen",
        ),
    },
    "channel": {
        "direct": ("own", "web", "online", "field", "inside sales", "direkt", "sales"),
        "partner": (
            "reseller",
            "indirect",
            "distributor",
            "distribution",
            "var",
            "agent",
            "dealer",
            "channel",
            "oem",
            "wholesale",
        ),
    },
    "kind": {
        "meeting": ("appointment", "visit", "demo", "event", "lunch", "on site", "termin"),
        "call": ("phone", "phone call", "telephone", "anruf", "conference call"),
        "email": ("e mail", "mail", "message"),
        "campaign": ("newsletter", "webinar", "marketing", "mailing"),
        "other": ("task", "note", "letter", "fax"),
    },
    "position": {
        "competitor": ("competition", "competing", "rival", "lost to competitor"),
        "in_house": ("in house", "inhouse", "internal", "own", "self", "self built"),
        "not_applicable": ("n a", "na", "not applicable", "none", "no need", "no fit"),
    },
}
# Words that mean something else than any of ours where a list has a last, general value.
_GENERAL = {"kind": "other"}


def boolean_sql(text: str) -> str:
    word = f"lower({text})"
    return f"CASE WHEN {word} IN ({_listed(_TRUE)}) THEN TRUE WHEN {word} IN ({_listed(_FALSE)}) THEN FALSE END"  # noqa: E501 - one expression


def currency_sql(text: str) -> str:
    """The ISO 4217 code that stands there alone or first (`USD - U.S. Dollar`), or that of a sign
    or of a currency's name."""
    signs = " ".join(
        f"WHEN lower({text}) = {literal(sign)} THEN '{code}'" for sign, code in _SIGNS.items()
    )
    code = f"CASE WHEN regexp_matches(upper({text}), '^[A-Z]{{3}}($|[^A-Z])') THEN upper(left({text}, 3)) END"  # noqa: E501 - one expression
    return f"CASE {signs} ELSE coalesce({code}, {currency_name_sql(text)}) END"


def currency_name_sql(text: str) -> str:
    """The code of the currency that is called so; NULL where none is."""
    whens = " ".join(
        f"WHEN regexp_full_match(lower({text}), {literal(names)}) THEN '{code}'"
        for code, names in _SPELT.items()
    )
    return f"CASE {whens} END"


def choice_sql(text: str, column: Column) -> str:
    """One of the column's choices, also by another word for it; NULL for any other word."""
    word = f"trim(regexp_replace(lower({text}), '[^[:alnum:]]+', ' ', 'g'))"
    synonyms = SYNONYMS.get(column.name, {})
    whens = " ".join(
        f"WHEN {word} IN ({_listed([choice.replace('_', ' '), *synonyms.get(choice, ())])})"
        f" THEN {literal(choice)}"
        for choice in column.choices
    )
    general = _GENERAL.get(column.name)
    rest = f" ELSE {literal(general)}" if general in column.choices else ""
    return f"CASE WHEN {text} IS NULL THEN NULL {whens}{rest} END"


def deal_kind_sql(text: str) -> str:
    """new, cross-sell, up-sell or renewal where a deal's type says one of them; else as it is."""
    word = f"lower({text})"
    return (
        f"CASE WHEN contains({word}, 'cross') THEN 'cross-sell'"
        f" WHEN contains({word}, 'renew') THEN 'renewal'"
        f" WHEN regexp_matches({word}, 'up-?sell|upgrade|expansion|add-?on') THEN 'up-sell'"
        f" WHEN regexp_matches({word}, '^new|new (business|customer|logo)') THEN 'new'"
        f" ELSE left({text}, 20) END"
    )


def _listed(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(literal, words))
