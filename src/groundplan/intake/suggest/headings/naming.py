"""Headings as words: whatever the system's spelling, the same heading reads the same."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from groundplan.engine.facts import TABLES
from groundplan.intake.suggest.headings.languages import PLAIN, translated
from groundplan.intake.suggest.headings.scales import without_scale

_SAYS_LITTLE = """
billing bill primary main the of in value de la du le eu us local signed display formatted sold
actual lines totals
"""
_COINS = "usd eur gbp chf sek nok dkk pln czk cad aud jpy inr brl zar mxn sgd hkd cny nzd"
_CURRENCIES = frozenset(_COINS.split())
_NEUTRAL = frozenset(_SAYS_LITTLE.split()) | _CURRENCIES
_SHORT = {
    "cust": "customer", "acct": "account", "acc": "account", "inv": "invoice", "amt": "amount",
    "opp": "opportunity", "oppty": "opportunity", "qty": "quantity", "prod": "product",
    "num": "number", "nbr": "number", "desc": "description", "dt": "date", "ccy": "currency",
    "curr": "currency", "org": "organization", "val": "value", "ord": "order", "doc": "document",
    "txn": "transaction", "trx": "transaction", "trans": "transaction", "mgr": "manager",
    "cat": "category", "emp": "employee", "prob": "probability", "sls": "sales", "art": "artikel",
    "kd": "kunden", "cod": "codigo", "bez": "bezeichnung", "index": "id", "idx": "id",
    "identifier": "id", "ids": "id", "datetime": "date",
}  # fmt: skip
_LOCAL = frozenset(("lcy", "mw", "dl", "ds", "vl", "lv", "rv", "bva", "lc"))
"""What marks sums in the books' own currency: local, Mandantenwährung, divisa local ..."""
_ITS_OWN = 0.97
_LONG, _LONGEST, _SHORTEST = 8, 14, 4
_EITHER = 0.95
_LINES = frozenset(("lines", "line", "items", "products", "details", "positions"))
_SHIPPING = frozenset(("shipping", "ship", "delivery"))


@cache
def words(heading: str) -> tuple[str, ...]:
    """Lower-case words without diacritics: `AccountId`, `account_id` and `Account ID` alike.

    The marks of custom fields (`Region__c`), of tables (`[orders].[date]`) and of whose something
    is (`Item's Price`) are dropped.
    """
    text = re.sub(r"__(c|r|pc)$|(?<=\w)['’]s\b", "", heading.strip(), flags=re.IGNORECASE)
    text = normalize("NFKD", text.translate(PLAIN))
    text = "".join(letter for letter in text if not combining(letter))
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?![A-Z]s\b)", " ", text)
    told = re.findall(r"[^\W\d_]+|\d+", text.lower())
    return tuple(part for word in told for part in _apart(word))


@cache
def _apart(word: str) -> tuple[str, ...]:
    """The words of a heading in capitals without blanks: LINEAMOUNT; itself where it is one."""
    known = _lexicon()
    if len(word) < _LONG or word in known or not word.isascii():
        return (word,)
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        fits = [
            (*best[start], word[start:end])
            for start in range(max(0, end - _LONGEST), end)
            if start in best and word[start:end] in known
        ]
        if fits:
            best[end] = min(fits, key=len)
    return best.get(len(word), (word,))


@cache
def _lexicon() -> frozenset[str]:
    """The words of all tables' synonyms that others may be put together of."""
    texts = (files(__package__) / "vocabulary" / f"{table}.toml" for table in TABLES)
    found = {
        word
        for text in texts
        for word in re.findall(r"[a-z]+", text.read_text(encoding="utf-8").lower())
    }
    return frozenset(word for word in found if len(word) >= _SHORTEST) | {"id", "no"}


def squeezed(heading: str) -> str:
    return "".join(words(heading))


@cache
def meanings(heading: str) -> frozenset[str]:
    """The words of a heading, and what they are in English."""
    own = words(heading)
    return frozenset((*own, *translated(own)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a table's files and columns are called by the systems that export them.

    `columns` maps a part to its synonyms (squeezed) with how sure each is, 0 to 1. A part is a
    canonical column, `account.name` and the like for what a row tells about the thing it refers
    to, or an ingredient of a computed column (`unit_price`, `first_name`).
    """

    table: str
    hints: frozenset[str]
    nouns: frozenset[str]
    marks: frozenset[str]
    columns: dict[str, dict[str, float]]
    parts: dict[str, dict[frozenset[str], float]]

    def scores(self, heading: str) -> dict[str, float]:
        """How well the heading names each part, 0 to 1; parts that it doesn't name are absent."""
        own = words(without_scale(heading))
        readings = self._readings(own)
        told = frozenset(own)
        abroad = translated(own)
        found = {}
        for part, synonyms in self.columns.items():
            sure = (synonyms[text] * less for text, less in readings if text in synonyms)
            score = next(sure, 0.0) or self._abroad(abroad, part) or self._loosely(told, part)
            if score:
                found[part] = score
        bare = " ".join(word for word in own if word not in _LOCAL)
        if bare and len(bare.split()) < len(own):
            for part, score in self.scores(bare).items():
                found[part] = max(found.get(part, 0.0), _ITS_OWN * score)
        return found or self._either(heading)

    def _either(self, heading: str) -> dict[str, float]:
        """What one of several names for the same thing says: `Name/Razão Social`. Of a path to a
        line's column only its end says something: `Invoice lines/Amount`."""
        first, *others = heading.split("/")
        within = bool(_LINES & set(words(first)[-1:]))
        told = [self.scores(one) for one in (others if within else (first, *others)) if others]
        parts = {part for scores in told for part in scores}
        return {part: _EITHER * max(one.get(part, 0.0) for one in told) for part in parts}

    def _readings(self, own: tuple[str, ...]) -> list[tuple[str, float]]:
        bare = tuple(word for word in own if word not in _NEUTRAL)
        landed = tuple(word for word in bare if word not in _SHIPPING)
        nameless = tuple(word for word in bare if word not in self.nouns)
        return [
            ("".join(own), 1.0),
            ("".join(_SHORT.get(word, word) for word in own), 0.98),
            ("".join(word for word in own if word not in _CURRENCIES), 0.97),
            ("".join(bare), 0.96),
            ("".join(nameless), 0.94),
            ("".join(landed), 0.85),
            ("".join(_one(word) for word in bare), 0.84),
        ]

    def _abroad(self, said: tuple[str, ...], part: str) -> float:
        """The heading word by word in English, in whatever order its language puts them."""
        bare = "".join(word for word in said if word not in _NEUTRAL)
        alone = self.columns[part].get("".join(said)) or self.columns[part].get(bare, 0.0)
        return 0.9 * max(alone, self.parts.get(part, {}).get(frozenset(said), 0.0))

    def _loosely(self, own: frozenset[str], part: str) -> float:
        """Most words shared with a synonym of several words."""
        best = 0.0
        for known, weight in self.parts.get(part, {}).items():
            shared = len(own & known)
            if shared >= 2:
                best = max(best, weight * 0.8 * shared / len(own | known))
        return best if best >= 0.5 else 0.0


def singular(word: str) -> str:
    """The word without the ending of many: `companies` as `company`, `boxes` as `boxe`."""
    return f"{word[:-3]}y" if len(word) > 4 and word.endswith("ies") else word.rstrip("s")


def _one(word: str) -> str:
    """`names` as `name`."""
    many = len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if many else word


_WEIGHTS = {"sure": 1.0, "likely": 0.82, "maybe": 0.6}


@cache
def vocabulary(table: str) -> Vocabulary:
    text = (files(__package__) / "vocabulary" / f"{table}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    spelt = {
        part: {name: _WEIGHTS[sure] for sure, names in groups.items() for name in names}
        for part, groups in told["columns"].items()
    }
    for column in TABLES[table].columns:
        spelt.setdefault(column.name, {})[column.name] = 1.0
    return Vocabulary(
        table,
        frozenset(squeezed(hint) for hint in told["hints"]),
        frozenset(told["nouns"]),
        frozenset(told["marks"]),
        {part: {squeezed(name): at for name, at in names.items()} for part, names in spelt.items()},
        {
            part: {frozenset(words(name)): at for name, at in names.items() if len(words(name)) > 1}
            for part, names in spelt.items()
        },
    )


@cache
def named(table: str, heading: str) -> dict[str, float]:
    """The parts of a table that a heading names, with how well, 0 to 1."""
    return vocabulary(table).scores(heading)


_THINGS = (("accounts", "account_id"), ("products", "product_id"))
_NAMES_IT = 0.8


@cache
def one_thing(own: str, key: str) -> bool:
    """Does a heading of facts name what a list's heading names too, a customer or an article?

    So `Sold-to party` holds what a list calls `Customer`; a list's `ID` may be anything's.
    """
    told = named("purchases", own)
    return any(
        told.get(part, 0.0) >= _NAMES_IT
        and vocabulary(table).nouns & set(words(key))
        and max(named(table, key).get(one, 0.0) for one in (part, "name")) >= _NAMES_IT
        for table, part in _THINGS
    )
