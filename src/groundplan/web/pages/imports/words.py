"""What the imports' pages call tables, columns and states."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABLES: Mapping[str, str | Promise] = {
    "users": _("Persons"),
    "rates": _("Currency rates"),
    "accounts": _("Accounts"),
    "contacts": _("Contacts"),
    "products": _("Products"),
    "quotas": _("Quotas"),
    "purchases": _("Purchases"),
    "opportunities": _("Opportunities"),
    "interactions": _("Interactions"),
    "competitor_positions": _("Competitor positions"),
    "leads": _("Leads"),
}
STATES: Mapping[str, str | Promise] = {
    "running": _("running"),
    "done": _("taken"),
    "nothing": _("nothing taken"),
    "failed": _("failed"),
    "undone": _("undone"),
}
STANDS: Mapping[str, str | Promise] = {
    "examine": _("being read"),
    "map": _("waiting for its columns"),
    "check": _("being checked"),
    "checked": _("checked, not taken"),
    "take": _("being taken"),
    "taken": _("taken"),
    "failed": _("stopped"),
}
"""Where an upload stands, by its step."""

STEPS: tuple[str | Promise, ...] = (_("Files"), _("Columns"), _("Check"), _("Import"))


def table_word(name: str) -> str:
    return str(TABLES.get(name, name))


def column_word(name: str) -> str:
    """A column's name as people write it."""
    return name.replace("_", " ")
