"""Spellings taken for another name, and those that only might be, in words."""

from collections.abc import Iterable

from groundplan.intake.contracts import Proposal

_MOST = 20


def joined_names(proposals: Iterable[Proposal]) -> list[str]:
    """One line for each spelling, the ones with most rows first; at most 20 of each sort."""
    ordered = sorted(proposals, key=lambda one: -one.rows)
    joined = [_joined(one) for one in ordered if one.accepted]
    near = [_near(one) for one in ordered if not one.accepted]
    return [*_shown(joined, "joined to names"), *_shown(near, "near to names")]


def _shown(lines: list[str], rest: str) -> list[str]:
    more = len(lines) - _MOST
    return lines[:_MOST] + ([f"{more} more spellings {rest}"] if more > 0 else [])


def _joined(one: Proposal) -> str:
    return f"{one.spelling} joined to {one.means}: {_rows(one.rows)}"


def _near(one: Proposal) -> str:
    told = "isn't" if one.decided else "may mean"
    return f"{one.spelling} {told} {one.means}: {_rows(one.rows)}, not joined"


def _rows(number: int) -> str:
    return f"{number:,} row" + ("" if number == 1 else "s")
