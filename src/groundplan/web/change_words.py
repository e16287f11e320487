"""What fields are called wherever changes of them are told, and what was done to them."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.book.rules import CUSTOM

TOPICS: dict[str, Promise] = {
    "financial_environment": _("Financial environment"),
    "target_markets": _("Target markets"),
    "product_lines": _("Product lines"),
    "market_dynamics": _("Market dynamics and trends"),
    "market_position": _("Market position"),
    "political_landscape": _("Political landscape"),
    "culture": _("Culture"),
    "buying_habits": _("Buying habits"),
    "success_measures": _("How they measure success"),
    "key_initiatives": _("Key initiatives"),
    "challenges": _("Current challenges"),
    "customer_goals": _("The customer's own goals"),
    "revenue_targets": _("Revenue targets"),
}
FIELDS: dict[str, Promise] = {
    "account": _("Account"),
    "attributes": _("Custom attributes"),
    "currency": _("Currency"),
    "name": _("Name"),
    "industry": _("Industry"),
    "region": _("Region"),
    "country": _("Country"),
    "segment": _("Segment"),
    "employees": _("Employees"),
    "annual_revenue": _("Annual revenue"),
    "website": _("Website"),
    "is_customer": _("Customer"),
    "revenue_goal": _("Revenue goal"),
    "owner_id": _("Owner"),
    "parent_id": _("Parent"),
    "tier": _("Tier"),
    "team": _("Account team"),
    "contact": _("Contact"),
    "title": _("Title"),
    "department": _("Department"),
    "seniority": _("Seniority"),
    "email": _("E-mail address"),
    "phone": _("Phone"),
    "reports_to": _("Reports to"),
    "reports_to_id": _("Reports to"),
    "last_contacted_on": _("Last contacted"),
    "buying_role": _("Buying role"),
    "stance": _("Stance"),
    "amount": _("Amount"),
    "close_on": _("Close date"),
    "closed_on": _("Closed on"),
    "stage_id": _("Stage"),
    "probability": _("Probability"),
    **TOPICS,
}
ACTIONS: dict[str, Promise] = {
    "account.update": _("edited"),
    "account.claim": _("claimed"),
    "account.merge": _("merged another account into it"),
    "account.merged": _("merged it into another account"),
    "account.unmerge": _("undid a merge"),
    "account.owner": _("changed the owner"),
    "account.tier": _("set the tier"),
    "account.undo": _("undid a change"),
    "account.keep_mine": _("kept the edit"),
    "account.keep_source": _("took the source's value"),
    "account.team_add": _("added to the team"),
    "account.team_remove": _("took off the team"),
    "contact.create": _("added a contact"),
    "contact.keep_mine": _("kept the edit"),
    "contact.keep_source": _("took the source's value"),
    "opportunity.keep_mine": _("kept the edit"),
    "opportunity.keep_source": _("took the source's value"),
    "opportunity.target": _("made a targeted opportunity"),
    "opportunity.untarget": _("gave up a targeted opportunity"),
    "position.mark": _("marked a product"),
    "position.unmark": _("took a mark back"),
    "statement.create": _("stated"),
    "statement.revise": _("revised a statement"),
    "statement.withdraw": _("withdrew a statement"),
}


def field_word(code: str) -> str | Promise:
    """What a field is called; custom attributes are called as their source calls them."""
    if code.startswith(CUSTOM):
        name = code.removeprefix(CUSTOM).replace("_", " ")
        return name[:1].upper() + name[1:]
    return FIELDS.get(code, code)


STATES: dict[str, Promise] = {
    "owned": _("owned"),
    "open": _("open opportunity"),
    "competitor": _("competitor"),
    "in_house": _("in-house"),
    "not_applicable": _("not applicable"),
    "whitespace": _("whitespace"),
}


def cell_change(change: dict[str, Any]) -> tuple[str, str, str]:
    """A product of the account and what it was and is, as the log tells."""
    return change.get("label", ""), _cell_word(change.get("from")), _cell_word(change.get("to"))


def _cell_word(told: dict[str, Any] | None) -> str:
    if not told:
        return "–"
    said = " ".join(filter(None, (str(STATES[told["position"]]), told.get("competitor"))))
    return f"{said}: {told['reason']}" if told.get("reason") else said
