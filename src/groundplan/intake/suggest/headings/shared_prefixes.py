"""What a heading says apart from what all headings of its file share: in `SDAN8`, `SDDOCO` ... the
letters `SD` only name the table, and so does `o_` in `o_orderkey` and `o_custkey`."""

import re
from collections.abc import Sequence
from itertools import takewhile

_FEWEST = 4
_CODED = re.compile(r"^[A-Z][A-Z0-9]{3,7}$")
_PARTED = re.compile(r"^[^\W_]{1,3}[_. :-]")
_OF_LINES = re.compile(
    r" \((items?|lines?|order lines|products?|details?|positions?|entries|positionen|lignes"
    r"|regels)\)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(\.(csv|tsv|tab|txt|psv|xls[xmb]?|ods|parquet|pq|gz|zip))+(?=$|#| \()", re.I)
_OF_A_SCHEMA = re.compile(r"^[A-Za-z_]+\.([A-Za-z_ ]+)$")


def shared_prefix(columns: Sequence[str]) -> str:
    """The beginning that all of a file's headings share and that names none of them; '' for none.

    Two letters of codes in capitals, or up to three before a mark: a longer one is a word, which
    says what the file's columns are about.
    """
    if len(columns) < _FEWEST:
        return ""
    shared = _beginning(min(columns), max(columns))
    if len(shared) >= 2 and all(map(_CODED.match, columns)):
        return shared[:2]
    marked = _PARTED.match(shared)
    return marked[0] if marked and all(len(name) > len(marked[0]) for name in columns) else ""


def without_lines(column: str, columns: Sequence[str]) -> str:
    """A heading without the bracket that those of a document's lines end with: `Item (Items)`."""
    bracket = _OF_LINES.search(column)
    alike = [name for name in columns if bracket and name.endswith(bracket[0])]
    return column[: bracket.start()] if bracket and len(alike) >= _FEWEST - 1 else column


def _beginning(one: str, other: str) -> str:
    """What two texts begin with alike: of the first and last in order, what all do."""
    pairs = zip(one, other, strict=False)
    return "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def subject_of(file: str) -> str:
    """What a file or sheet is called, without its workbook, its kind and its schema."""
    inner = re.split(r"[#:]", file)[-1].replace("/", " ").strip()
    bare = _SUFFIX.sub("", inner)
    schema = _OF_A_SCHEMA.match(bare)
    return schema[1] if schema else bare
