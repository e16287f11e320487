"""The currency of an organisation that nobody has set up: the one its first import is in."""

from groundplan.intake.merging.state import State
from groundplan.organisation.selectors import organisation
from groundplan.organisation.services.first_currency import (
    is_currency_settled,
    organisation_currency_adopt,
)

_WITH_AMOUNTS = ("purchases", "opportunities")


def currency_adopt(state: State, actor: str, source: str) -> None:
    """Sets it, in the caller's transaction, and notes it; a dry run only notes it.

    Only where nothing was imported before and every amount names the same currency: else amounts
    would be left out for want of a rate, or others reckoned wrongly.
    """
    code = "" if state.loaded or "rates" in state.tables else _only_currency(state)
    if not code or code == organisation().currency:
        return
    if is_currency_settled():
        state.notes.append(
            f"All amounts are in {code}, but the organisation's currency is"
            f" {organisation().currency}: they count once there are rates for {code} or the"
            " organisation's currency is changed in the settings."
        )
        return
    if not state.dry_run:
        organisation_currency_adopt(viewer_actor=actor, currency=code, source=source)
    state.notes.append(f"Amounts are in {code}, so the organisation's currency was set to {code}.")


def _only_currency(state: State) -> str:
    """The currency that all good amounts of an import name; '' where they name none or several."""
    found: set[str] = set()
    for table in _WITH_AMOUNTS:
        if table in state.tables:
            rows = state.connection.execute(
                f"SELECT DISTINCT coalesce(currency, '') FROM rows_{table}"
                " WHERE _fault IS NULL AND amount IS NOT NULL"
            ).fetchall()
            found |= {row[0] for row in rows}
    return found.pop() if len(found) == 1 else ""
