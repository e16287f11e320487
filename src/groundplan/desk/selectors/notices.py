"""What a user is told: only ever their own."""

from collections import defaultdict

from django.db.models import BigIntegerField, QuerySet

from groundplan.database.prepared import Parameter, prepared
from groundplan.desk.contracts import NoticeLine
from groundplan.desk.models import Notice
from groundplan.desk.subjects import subjects
from groundplan.people.contracts import Scope

MOST = 100


def notices_of(viewer: Scope, *, unread: bool = False) -> tuple[NoticeLine, ...]:
    """The viewer's notices, the latest first; those about what they no longer see are left out."""
    notices = Notice.objects.filter(user_id=viewer.user_id)
    if unread:
        notices = notices.filter(read_at__isnull=True)
    rows = list(notices.order_by("-pk")[:MOST])
    keys: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys[row.kind].append(row.key)
    seen = {kind: subjects(viewer, kind, asked) for kind, asked in keys.items()}
    return tuple(
        NoticeLine(
            uid=row.uid,
            code=row.code,
            kind=row.kind,
            actor=row.actor,
            label=seen[row.kind][row.key].label,
            address=seen[row.kind][row.key].address,
            text=row.text,
            at=row.at,
            is_read=row.read_at is not None,
        )
        for row in rows
        if row.key in seen[row.kind]
    )


def unread_count(viewer: Scope) -> int:
    """How many notices the viewer hasn't read; every page asks it."""
    return _unread().count(user=viewer.user_id)


@prepared
def _unread() -> QuerySet[Notice, int]:
    mine = Notice.objects.filter(user=Parameter("user", BigIntegerField()), read_at__isnull=True)
    return mine.order_by().values_list("pk", flat=True)
