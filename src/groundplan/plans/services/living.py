"""Account names in a plan's log, as they have to be said since accounts were merged."""

from collections.abc import Iterator, Mapping
from typing import Any

from groundplan.book.selectors.accounts import living_accounts
from groundplan.plans.rules.typing import Json

from .rows import JsonMap


def living(values: Mapping[str, Json]) -> JsonMap:
    """`values` with the account that lives on in place of each that was merged; a query where
    they name any."""
    named = set(_accounts(values))
    now = living_accounts(named) if named else {}
    return {name: _said(value, now) for name, value in values.items()} if now else dict(values)


def _accounts(values: Mapping[str, Any]) -> Iterator[str]:
    if values.get("account"):
        yield str(values["account"])
    for one in values.get("evidence") or ():
        if one["kind"] == "account":
            yield str(one["key"])


def _said(value: Any, now: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_said(one, now) for one in value]
    if isinstance(value, dict) and value.get("kind") == "account":
        return {**value, "key": now.get(str(value["key"]), value["key"])}
    return now.get(value, value) if isinstance(value, str) else value
