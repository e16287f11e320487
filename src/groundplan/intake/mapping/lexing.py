"""Makes the spelling of an expression one that Python's own parser reads."""

import re

from groundplan.kernel.errors import InvalidInput

_PIECES = re.compile(
    r"""(?P<tick>`[^`]*`)
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<open>[`'"])
      | (?P<unequal><>)
      | (?P<equal>(?<![<>=!])=(?!=))
      | (?P<word>\b(?:AND|OR|NOT|IN|if|IF|If)\b)""",
    re.VERBOSE,
)
_TICKED = "column_in_ticks_{}"


def readable(text: str) -> tuple[str, dict[str, str]]:
    """The expression in Python's spelling, and the column each stand-in name is for.

    Columns in backticks become plain names, `=` and `<>` become `==` and `!=`, AND, OR, NOT and
    IN may be written large, and `if(...)` becomes a call. Raises InvalidInput where a quote stays
    open.
    """
    ticked: dict[str, str] = {}

    def replaced(match: re.Match[str]) -> str:
        piece = match[0]
        if match["open"]:
            raise InvalidInput(
                f"The quote at character {match.start() + 1} of the expression {text!r} "
                "is never closed.",
                field=text,
                mend=f"Close it with {piece}.",
            )
        if match["tick"]:
            name = _TICKED.format(len(ticked))
            ticked[name] = piece[1:-1]
            return name
        return _in_python(match)

    return _PIECES.sub(replaced, text).strip(), ticked


def _in_python(match: re.Match[str]) -> str:
    piece = match[0]
    if match["unequal"]:
        return "!="
    if match["equal"]:
        return "=="
    if match["word"]:
        return "if_" if piece.lower() == "if" else piece.lower()
    return piece
