"""What stands in a comment's text."""

import re

_MENTION = re.compile(r"(?<![\w@.])@([\w+-]+(?:[.@][\w+-]+)*)")
MOST_MENTIONS = 20


def mentions(text: str) -> tuple[str, ...]:
    """The logins that a text mentions as @login, each once, at most `MOST_MENTIONS`."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))[:MOST_MENTIONS]
