"""Names in the files that nearly are names we know: the same but for spelling, or close to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import combining, normalize

from rapidfuzz import fuzz

from groundplan.intake.contracts import Proposal

CLOSE = 0.84
"""Below this two names are different names."""

_LEGAL = "inc ltd llc gmbh ag sa srl bv nv co corp corporation company limited plc kg oy ab as"
_FORMS = frozenset(_LEGAL.split())
_WIDEST_BLOCK = 400


def near_names(table: str, spellings: Mapping[str, int], known: Iterable[str]) -> list[Proposal]:
    """For each spelling (with the rows that write it) that is no known name, what it may mean.

    A spelling that differs from exactly one known name in case, blanks and punctuation only is
    accepted; a close one (company forms aside) is proposed with its likeness, 0 to 1. Names are
    compared within blocks that share a beginning or an ending, so the work grows with their
    number and not with its square.
    """
    names = [name for name in dict.fromkeys(known) if name]
    exact = set(names)
    same: dict[str, list[str]] = defaultdict(list)
    for name in names:
        same[_letters(name)].append(name)
    unknown = [(text, rows) for text, rows in spellings.items() if text and text not in exact]
    blocks = _blocks(names) if unknown else {}
    proposals = (_proposal(table, text, rows, same, blocks) for text, rows in unknown)
    return [proposal for proposal in proposals if proposal is not None]


def _proposal(
    table: str,
    spelling: str,
    rows: int,
    same: Mapping[str, Sequence[str]],
    blocks: Mapping[str, Sequence[str]],
) -> Proposal | None:
    if not _letters(spelling):
        return None
    alike = same.get(_letters(spelling), ())
    if len(alike) == 1:
        return Proposal(table, spelling, alike[0], rows, 1.0, accepted=True)
    bare = _bare(spelling)
    near = {name for key in _keys(bare) for name in blocks.get(key, ())} | set(alike)
    scored = sorted(((_likeness(spelling, name), name) for name in near), reverse=True)
    if not scored or scored[0][0] < CLOSE:
        return None
    return Proposal(table, spelling, scored[0][1], rows, round(scored[0][0], 3), accepted=False)


def _likeness(one: str, other: str) -> float:
    """Digits must agree: `Basic 2` and `Basic 3` are two products."""
    if _digits(one) != _digits(other):
        return 0.0
    pairs = ((_bare(one), _bare(other)), (_folded(one), _folded(other)))
    return max(max(fuzz.ratio(*pair), fuzz.token_sort_ratio(*pair)) for pair in pairs) / 100


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())


def _folded(name: str) -> str:
    text = normalize("NFKD", name.casefold())
    return "".join(letter for letter in text if not combining(letter))


def _letters(name: str) -> str:
    """The name without case, blanks and punctuation; accents count."""
    return "".join(letter for letter in normalize("NFKC", name.casefold()) if letter.isalnum())


def _bare(name: str) -> str:
    text = "".join(letter if letter.isalnum() else " " for letter in _folded(name))
    parts = text.split()
    kept = [part for part in parts if part not in _FORMS]
    return " ".join(kept or parts)


def _keys(bare: str) -> Iterator[str]:
    tight = bare.replace(" ", "")
    if tight:
        yield "^" + tight[:4]
        yield "$" + tight[-4:]
        yield "*" + min(bare.split(), key=lambda part: (-len(part), part))


def _blocks(names: Iterable[str]) -> dict[str, list[str]]:
    """Known names by the keys they share; a key that too many share tells nothing."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in _keys(_bare(name)):
            blocks[key].append(name)
    return {key: found for key, found in blocks.items() if len(found) <= _WIDEST_BLOCK}
