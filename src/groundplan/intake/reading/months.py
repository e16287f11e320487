"""Months and quarters as headings write them, with what is measured in them where they say so."""

import re
from unicodedata import combining, normalize

_SPELT = """
january januar january janvier enero janeiro gennaio januari jaenner styczen
| february februar fevrier febrero fevereiro febbraio februari luty fbr
| march marz mars marzo marco maart mrt mrz maerz marec
| april avril abril aprile kwiecien
| may mai mayo maio maggio mei maj
| june juni juin junio junho giugno czerwiec
| july juli juillet julio julho luglio lipiec
| august aout agosto augustus augusti sierpien
| september septembre septiembre setembro settembre wrzesien
| october oktober octobre octubre outubro ottobre pazdziernik
| november novembre noviembre novembro listopad
| december dezember decembre diciembre dezembro dicembre desember grudzien
"""
_MONTHS = [group.split() for group in _SPELT.split("|")]
_NAMED = re.compile(r"^([^\W\d_]{3,10})\.?(?:[-/. '_]*(20\d\d|\d\d))?$")
_NUMBERED = re.compile(r"^(20\d\d)[-/. _]?(0?[1-9]|1[0-2])([-/.](?:0?1)(?:[T ].*)?)?$")
_TURNED = re.compile(r"^(0?[1-9]|1[0-2])[-/. _](20\d\d)$")
_YEAR_FIRST = re.compile(r"^(20\d\d)[-/. _]+([^\W\d_]{3,10})\.?$")
_FIRST_DAY = re.compile(r"^0?1[/.-](0?[1-9]|1[0-2])[/.-](20\d\d)$")
_QUARTER = re.compile(r"^(?:(20\d\d)[-/. _]?)?[QTK]([1-4])(?:[-/. _]*(20\d\d|\d\d))?$", re.I)
_MOST_WORDS = 3
_PARTS = re.compile(r"[\s_()\[\]:|]+|(?<=\w)-(?=\D)|(?<=\D)-(?=\w)")
FEWEST = 3
"""So many columns of months make a table wide."""


def month_of(heading: str, year: str = "") -> str:
    """The first day (ISO) of the month or quarter that a heading names; '' where it names none.

    `year` is that of headings that tell none.
    """
    bare = normalize("NFKD", heading.strip().lower())
    text = "".join(letter for letter in bare if not combining(letter))
    if found := _NUMBERED.match(text):
        return _day(found[1], int(found[2]))
    if found := _TURNED.match(text) or _FIRST_DAY.match(text):
        return _day(found[2], int(found[1]))
    if found := _QUARTER.match(text):
        return _day(found[1] or found[3] or year, 3 * int(found[2]) - 2)
    if found := _YEAR_FIRST.match(text):
        return _day(found[1], _number(found[2]))
    found = _NAMED.match(text)
    return _day(found[2] or year, _number(found[1])) if found else ""


def month_and_measure(heading: str, year: str = "") -> tuple[str, str]:
    """The month of a heading and what else it says: `Jan 2024 Qty` and `Qty (Jan 2024)` alike.

    ('', '') where it names no month.
    """
    if month := month_of(heading, year):
        return month, ""
    words = [word for word in _PARTS.split(heading) if word and word not in "-–/"]
    for size in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        before, after = " ".join(words[:size]), " ".join(words[-size:])
        if month := month_of(before, year):
            return month, " ".join(words[size:])
        if month := month_of(after, year):
            return month, " ".join(words[:-size])
    return "", ""


def _number(name: str) -> int:
    """1 to 12 for a month's name or its beginning (`mar` and `march`, not `market`), else 0."""
    fitting = (
        number
        for number, spelt in enumerate(_MONTHS, 1)
        if any(month.startswith(name) for month in spelt)
    )
    return next(fitting, 0)


def _day(year: str, month: int) -> str:
    if not year or not month:
        return ""
    return f"{year if len(year) == 4 else '20' + year}-{month:02d}-01"
