"""What users set for themselves."""

from django.db import transaction

from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope
from groundplan.people.models import User

THEMES = ("light", "dark", "system")


@transaction.atomic
def theme_set(*, viewer: Scope, theme: str) -> None:
    """Keep how the viewer wants pages to look: light, dark or as their system does.

    A preference, not a fact: it leaves no entry in the audit log.
    """
    if theme not in THEMES:
        raise InvalidInput(f"{theme!r} is not a theme.", field="theme")
    User.objects.filter(pk=viewer.user_id).update(theme=theme)
