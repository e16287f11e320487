"""Headings that give amounts in thousands or millions: `Revenue (M USD)`, `CA (k€)`."""

import re
from functools import cache

_THOUSAND = r"in thousands?|thousands?|tsd\.?|k(?=[€$£]| ?(usd|eur|gbp|chf))|[kt](eur|usd|gbp|chf)|t€|milliers|miles de"  # noqa: E501 - one expression
_MILLION = r"in millions?|millions?|mio\.?|mill\.|mln\.?|mn|m(?=[€$£]| ?(usd|eur|gbp|chf)\b)|m(eur|usd|gbp|chf)"  # noqa: E501 - one expression
_BILLION = r"in billions?|billions?|mrd\.?|bn"
_SCALES = tuple(
    (re.compile(rf"(?<![a-z])({words})(?![a-z])", re.IGNORECASE), scale)
    for words, scale in ((_THOUSAND, 1_000), (_MILLION, 1_000_000), (_BILLION, 1_000_000_000))
)
_NOUGHTS = re.compile(r"(?<!\d)['’]?000'?s?(?!\d)")
_BRACKETED = re.compile(r"[\[(]\s*(?:[€$£]|usd|eur)?\s*(k|m)\s*(?:[€$£]|usd|eur)?\s*[\])]", re.I)


@cache
def scale_of(heading: str) -> int:
    """How many units one of the column's numbers stands for; 1 where the heading tells none."""
    bracketed = _BRACKETED.search(heading)
    if bracketed:
        return 1_000 if bracketed[1].lower() == "k" else 1_000_000
    for words, scale in _SCALES:
        if words.search(heading):
            return scale
    return 1_000 if _NOUGHTS.search(heading) else 1


@cache
def without_scale(heading: str) -> str:
    """The heading without the words that tell the scale, to be looked up by the rest."""
    if scale_of(heading) == 1:
        return heading
    bare = _NOUGHTS.sub(" ", _BRACKETED.sub(" ", heading))
    for words, _ in _SCALES:
        bare = words.sub(" ", bare)
    return bare if re.search(r"[^\W\d_]{2}", bare) else heading
