"""Truth values, currencies and words from closed lists, typed in SQL."""

from groundplan.engine.facts import Column
from groundplan.intake.reading.tables import literal

_TRUE = "1 true t yes y x on ja wahr oui vrai si sí sim s vero checked -1 1.0 active".split()  # noqa: SIM905
_FALSE = "0 false f no n off nein falsch non faux não nao falso unchecked 0.0 inactive -".split()  # noqa: SIM905
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "us$": "USD", "kr": "SEK"}

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
    """The ISO 4217 code that stands there alone or first (`USD - U.S. Dollar`), or a sign's."""
    signs = " ".join(
        f"WHEN lower({text}) = {literal(sign)} THEN '{code}'" for sign, code in _SIGNS.items()
    )
    code = f"CASE WHEN regexp_matches(upper({text}), '^[A-Z]{{3}}($|[^A-Z])') THEN upper(left({text}, 3)) END"  # noqa: E501 - one expression
    return f"CASE {signs} ELSE {code} END"


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
