"""What is only suggested in a plan."""

from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import KINDS, Section, section_of


def suggestions_of(plan: Plan, section: Section | None = None) -> list[str]:
    """Uids of a plan's suggestions, of one section or of all, what others hang below first."""
    parts = PlanPart.objects.filter(plan=plan, is_suggested=True, removed_at__isnull=True)
    if section is not None:
        kinds = [kind for kind, one in KINDS.items() if one.section in (section, "assessment")]
        parts = parts.filter(kind__in=kinds)
    rows = parts.order_by("kind", "position", "pk").only("uid", "kind", "values")
    return [
        str(row.uid)
        for row in rows
        if section is None or section_of(row.kind, str(row.values.get("area", ""))) == section  # type: ignore[arg-type]
    ]
