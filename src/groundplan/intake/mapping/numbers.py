"""Numbers as people write them, read in SQL: decimal marks, groups, currency signs, minus."""

from typing import Literal

import duckdb

from groundplan.engine.sql import quoted

Mark = Literal[".", ","]

_AROUND = (
    r"[\s\x{00a0}\x{202f}''’]|^-?[A-Z]{3}|[A-Z]{3}$|[A-Z]{0,2}[$€£¥￥₹₺₽₩₪₫₴฿]"
    r"|(kr|zł|Kč|Ft|lei|TL|руб|р|円|元|원)\.?$"
)
_SHAPE: dict[Mark, str] = {
    ".": r"^[+-]?(\d+|\d{1,3}(,\d{2,3})*,\d{3})?(\.\d*)?$",
    ",": r"^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?$",
}
_SAMPLE = 20_000


def number_sql(text: str, mark: Mark) -> str:
    """SQL of the DOUBLE that the VARCHAR expression `text` writes, NULL where it is no number.

    Takes `1,234.50` (or `1.234,50` with the decimal mark ','), `$5`, `EUR 5`, `(5)` and `5-` for
    minus five, `35 %` for 0.35. Digits in groups of another size than people use are no number,
    so a wrong decimal mark is seen and not read as a hundredfold.
    """
    bare = f"regexp_replace(replace({text}, '−', '-'), '{_AROUND}', '', 'g')"
    signed = rf"regexp_replace(regexp_replace({bare}, '^\((.*)\)$', '-\1'), '^(.*[^-])-$', '-\1')"
    plain = f"rtrim({signed}, '%')"
    pointed = f"replace({plain}, ',', '')"
    if mark == ",":
        pointed = f"replace(replace({plain}, '.', ''), ',', '.')"
    slow = (
        f"CASE WHEN regexp_matches({plain}, '{_SHAPE[mark]}') THEN TRY_CAST({pointed} AS DOUBLE)"
        f" / CASE WHEN ends_with({text}, '%') THEN 100 ELSE 1 END END"
    )
    fast = text if mark == "." else f"CASE WHEN NOT contains({text}, '.') THEN {text} END"
    return f"COALESCE(TRY_CAST({fast} AS DOUBLE), {slow})"


def decimal_mark(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str
) -> Literal["", ".", ","]:
    """The decimal mark that the first values of a staged column show, '' if they don't tell.

    `1.5`, `0.125` and `1,234.50` show a point, `1,5` and `1.234,50` a comma; `1.234` and `1234`
    show nothing.
    """
    counts = connection.execute(
        f"SELECT count(*) FILTER ({shows(',', 'v')}), count(*) FILTER ({shows('.', 'v')}) FROM"
        f" (SELECT {quoted(column)} AS v FROM {quoted(relation)} WHERE {quoted(column)} IS NOT NULL"
        f" LIMIT {_SAMPLE})"
    ).fetchone()
    commas, points = counts if counts is not None else (0, 0)
    if commas == points == 0:
        return ""
    return "," if commas > points else "."


def shows(mark: Mark, text: str) -> str:
    """SQL of whether `text` can only be read with `mark` as its decimal mark."""
    here, group = rf"\{mark}", r"\." if mark == "," else r"\,"
    after = rf"^\d*{here}(\d{{1,2}}|\d{{4,}})$|^0{here}\d+$"
    both = rf"^\d{{1,3}}({group}\d{{2,3}})+{here}\d*$"
    many = rf"^\d{{1,3}}({group}\d{{3}}){{2,}}$"
    digits = f"regexp_replace({text}, '[^0-9.,]', '', 'g')"
    return f"regexp_matches({digits}, '{after}|{both}|{many}')"
