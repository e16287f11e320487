"""Headings in other languages, word by word: Fakturadatum and `data wystawienia` are dates."""

import tomllib
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

_LITTLE = """
de do da del della di d du des der die das dem den la le les l el los las il lo o os as a av af for
till til fra van het een en et och og und y e i of the per pr par por au aux na po z zu zum am im
vom beim
"""
_SAYS_NOTHING = frozenset(_LITTLE.split())
_LINKS = ("", "s", "n", "e", "en", "es")
_SHORTEST = 3
_LONG_ENOUGH = 5


def plain(text: str) -> str:
    """Letters without their marks, as headings are compared."""
    told = normalize("NFKD", text.translate(PLAIN))
    return "".join(letter for letter in told if not combining(letter)).lower()


PLAIN = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "#": " no ",
                       "%": " percent ", "№": " no ", "°": " ", "Ł": "L", "Ø": "O"})  # fmt: skip


@cache
def _dictionary() -> dict[str, tuple[str, ...]]:
    text = (files(__package__) / "vocabulary" / "words.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return {plain(word): tuple(said.split()) for said, group in told.items() for word in group}


@cache
def translated(own: tuple[str, ...]) -> tuple[str, ...]:
    """The English words of a heading's words; what no dictionary has stays as it is."""
    said: list[str] = []
    for word in own:
        if word in _SAYS_NOTHING and len(own) > 1:
            continue
        said += _dictionary().get(word) or _of_one(word) or _apart(word) or (word,)
    return tuple(said)


def _of_one(word: str) -> tuple[str, ...]:
    """What the word for one of them means: `produtos` as `produto`."""
    many = len(word) > _LONG_ENOUGH and word.endswith("s")
    return _dictionary().get(word[:-1], ()) if many else ()


@cache
def _apart(word: str) -> tuple[str, ...]:
    """The words of a compound (Kund|nummer, Rechnung|s|datum), none where some part is unknown."""
    known = _dictionary()
    short = 1 if not word.isascii() else _SHORTEST
    for cut in range(len(word) - 1, short - 1, -1):
        first = known.get(word[:cut])
        if first is None:
            continue
        for link in _LINKS:
            rest = word[cut + len(link) :]
            if not word[cut:].startswith(link) or len(rest) < min(short, 2):
                continue
            after = known.get(rest) or _apart(rest)
            if after:
                return (*first, *after)
    return ()
