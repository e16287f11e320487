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
_OF_AMERICA = "us|u\\.s\\.|usa|сша|united states|amer|estadounid|eeuu|[eé]tats|stany|verenigde"
_SPELT = {
    "EUR": r"\beuros?\b|^евро$|^ユーロ$|^欧元$",
    "USD": rf"d[oó]l+ar.*({_OF_AMERICA})|({_OF_AMERICA}).*d[oó]l+ar|доллар сша|米ドル|美元",
    "GBP": r"pounds?( sterling)?$|pfund|sterling|esterlina|стерлинг|^funt",
    "CHF": r"(swiss|suisse|suizo|svizzer|schweiz|su[ií][cç]o|szwajcar|швейцар).*(fran|фран)"
    r"|(fran|фран).*(swiss|suisse|suizo|svizzer|schweiz|su[ií][cç]o|szwajcar)|^franken$",
    "BYN": "белорус.*рубл|belarus.*r[uo]u?b",
    "RUB": "росси.*рубл|russ.*r[uo]u?b|^рубль$|^r[uo]u?bles?$",
    "KZT": "tenge|тенге",
    "UAH": "hr[iy]vn|hrywn|гривн",
    "PLN": "z[lł]ot[ay]|злот",
    "CZK": "(czech|cesk|česk|tschech|czesk).*(krown|korun|kron)|korun.*(cesk|česk)",
    "SEK": "(swedish|svensk|schwed|szwedz).*(kron|koron)",
    "NOK": "(norwegian|norsk|norweg).*(kron|koron)",
    "DKK": "(danish|dansk|dan|dän|dunsk|duńsk).*(kron|koron)",
    "HUF": "forint",
    "TRY": "(turk|türk|turqu|turec|турец).*(lir|лир)",
    "BRL": "(brazil|brasil).*rea[il]|rea[il].*brasil",
    "MXN": "(mexic|mejic).*peso|peso.*(mexic|mejic)",
    "INR": "indian rupee|rupia india|indische rupie",
    "JPY": r"\byens?\b|^円$|日本円|йен",
    "CNY": r"\byuan\b|renminbi|人民币|юан",
    "CAD": "canad.*d[oó]l+ar|d[oó]l+ar.*canad|kanad.*d[oó]l+ar",
    "AUD": "austral.*d[oó]l+ar|d[oó]l+ar.*austral",
}
"""Currencies by the names that systems write for them, in lower case."""
_LONGEST_NAME = 40

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
    word = f"lower({text})"
    whens = " ".join(
        f"WHEN regexp_matches({word}, {literal(names)}) THEN '{code}'"
        for code, names in _SPELT.items()
    )
    # Nearly all texts are longer or no words: twenty patterns are only tried on the others.
    any_name = literal("|".join(f"({names})" for names in _SPELT.values()))
    short = f"length({text}) BETWEEN 3 AND {_LONGEST_NAME}"
    return (
        f"CASE WHEN {short} AND regexp_matches(lower({text}), {any_name}) THEN CASE {whens} END END"
    )


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
