"""What the audit log's codes are called."""

from collections.abc import Mapping

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.web.change_words import ACTIONS
from groundplan.web.change_words import field_word as account_field_word
from groundplan.web.pages.imports.words import TABLES

from .forms import ROLES

DEEDS: Mapping[str, str | Promise] = {
    **ACTIONS,
    "account.owner.bulk": _("handed over several accounts"),
    "account.tier.bulk": _("set several tiers"),
    "account.tier.undo": _("took several tiers back"),
    "characteristic.back": _("went back to earlier characteristics"),
    "characteristic.set": _("changed the characteristics"),
    "comment.create": _("commented"),
    "comment.remove": _("took a comment away"),
    "conflict.settle.bulk": _("settled conflicts"),
    "contact.undo": _("undid a change"),
    "contact.update": _("edited"),
    "finding.severity": _("set how serious a finding is"),
    "import.nothing": _("imported, nothing taken"),
    "import.taken": _("imported"),
    "import.undone": _("undid an import"),
    "insight.settings": _("set how results are computed"),
    "opportunity.target.bulk": _("made several targeted opportunities"),
    "opportunity.undo": _("undid a change"),
    "opportunity.untarget.bulk": _("gave up several targeted opportunities"),
    "opportunity.update": _("edited"),
    "organisation.currency-found": _("took the currency from the first import"),
    "organisation.found": _("set up the organisation"),
    "organisation.update": _("changed the settings"),
    "person.update": _("changed where a person stands"),
    "plan.accept": _("accepted"),
    "plan.begin": _("began to carry out"),
    "plan.close": _("closed"),
    "plan.create": _("created"),
    "plan.reopen": _("opened again"),
    "plan.return": _("returned"),
    "plan.revise": _("began the next version"),
    "plan.submit": _("submitted"),
    "plan.waive": _("accepted despite a finding"),
    "plan.withdraw": _("withdrew"),
    "position.mark.bulk": _("marked several products"),
    "position.unmark.bulk": _("took several marks back"),
    "rate.delete": _("removed a rate"),
    "rate.set": _("set a rate"),
    "snapshot.publish": _("published"),
    "snapshot.remove": _("removed"),
    "snapshot.show": _("showed to everybody"),
    "stage.update": _("changed a stage"),
    "upload.create": _("uploaded"),
    "upload.discard": _("discarded an upload"),
    "user.create": _("added a user"),
    "user.create_first": _("set up the first user"),
    "user.invite": _("made a link to sign in"),
    "user.update": _("changed a user"),
    "view.create": _("saved a view"),
    "view.delete": _("removed a view"),
    "view.rename": _("renamed a view"),
}
"""Every code that is ever recorded, in words that follow a person's name."""

KINDS: Mapping[str, str | Promise] = {
    "account": _("account"),
    "characteristics": _("characteristics"),
    "contact": _("contact"),
    "finding": _("finding"),
    "import": _("import"),
    "insight": _("results"),
    "opportunity": _("opportunity"),
    "organisation": _("organisation"),
    "person": _("person"),
    "plan": _("plan"),
    "plan_part": _("part of a plan"),
    "plan_tactics": _("tactic"),
    "rate": _("currency rate"),
    "snapshot": _("snapshot"),
    "stage": _("stage"),
    "upload": _("upload"),
    "user": _("user"),
    "view": _("saved view"),
}
"""What things of each kind are called beside their name."""

_FIELDS: Mapping[str, str | Promise] = {
    **TABLES,
    "active": _("May sign in"),
    "entries": _("Changes"),
    "expires_on": _("Until"),
    "fiscal_pattern": _("Fiscal months"),
    "fiscal_start_month": _("First month"),
    "keep": _("Kept"),
    "manager": _("Manager"),
    "outcome": _("Outcome"),
    "period": _("Period"),
    "person": _("Person"),
    "position": _("Order"),
    "reason": _("Reason"),
    "role": _("Role"),
    "segment_by": _("Segments by"),
    "severity": _("Severity"),
    "stale_after_days": _("Days until stale"),
    "start_month": _("First month"),
    "territory": _("Territory"),
    "text": _("Text"),
    "tier_a_from": _("A from"),
    "tier_b_from": _("B from"),
    "tier_by": _("Tiers by"),
    "time_zone": _("Time zone"),
}
_VALUES: Mapping[tuple[str, str], str | Promise] = {
    ("keep", "mine"): _("the edit"),
    ("keep", "source"): _("what the source says"),
    ("tier_by", "count"): _("number"),
    ("fiscal_pattern", "445"): "4-4-5",
    ("fiscal_pattern", "months"): _("calendar months"),
    **{("fiscal_start_month", str(month)): word for month, word in MONTHS.items()},
    **{("role", code): word for code, word in ROLES},
}


def field_word(name: str) -> str:
    """What a recorded field or table is called."""
    word = str(_FIELDS.get(name) or account_field_word(name)).replace("_", " ")
    return word[:1].upper() + word[1:]


def value_word(name: str, value: str) -> str:
    """What a code that stands as the value of a field is called; any other value is itself."""
    return str(_VALUES.get((name, value), value))
