"""Who is told what, and who has read it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from groundplan.desk.models import Notice
from groundplan.kernel import clock
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope


@transaction.atomic
def notices_give(
    *,
    viewer: Scope,
    users: Iterable[int],
    code: str,
    about: tuple[str, str],
    text: str = "",
    once: bool = False,
) -> int:
    """Tell users, by id, that the viewer did `code` about (kind, key); returns how many are told.

    Nobody is told what they did themselves, nor `once` what they were told and didn't read yet.
    """
    kind, key = about
    at = clock.now()
    if once:
        unread = Notice.objects.filter(code=code, kind=kind, key=key, read_at__isnull=True)
        told = set(unread.values_list("user_id", flat=True))
        users = [user for user in users if user not in told]
    notices = [
        Notice(user_id=user, code=code, actor=viewer.actor, kind=kind, key=key, text=text, at=at)
        for user in dict.fromkeys(users)
        if user != viewer.user_id
    ]
    return len(Notice.objects.bulk_create(notices))


@transaction.atomic
def notice_read(*, viewer: Scope, uid: UUID | str) -> None:
    """Note that the viewer has read a notice. Raises NotFound for somebody else's."""
    mine = Notice.objects.filter(user_id=viewer.user_id, uid=uid)
    if not mine.exists():
        raise NotFound("You have no such notice.", mend="Reload the page.")
    mine.filter(read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def notices_read(*, viewer: Scope) -> int:
    """Note that the viewer has read all their notices; returns how many were new."""
    unread = Notice.objects.filter(user_id=viewer.user_id, read_at__isnull=True)
    return unread.update(read_at=clock.now())
