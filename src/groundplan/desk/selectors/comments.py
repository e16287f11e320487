"""What was said about things that the viewer may see."""

from collections.abc import Iterable, Mapping

from groundplan.desk.contracts import CommentLine
from groundplan.desk.models import Comment
from groundplan.desk.subjects import subjects
from groundplan.people.contracts import Scope

MOST = 1000


def comments_of(
    viewer: Scope, kind: str, keys: Iterable[str]
) -> Mapping[str, tuple[CommentLine, ...]]:
    """Comments on things of a kind, by key, the earliest first; unseen things are absent."""
    seen = subjects(viewer, kind, keys)
    if not seen:
        return {}
    rows = Comment.objects.filter(kind=kind, key__in=list(seen), removed_at__isnull=True)
    found: dict[str, tuple[CommentLine, ...]] = dict.fromkeys(seen, ())
    for row in rows.order_by("pk")[:MOST]:
        found[row.key] += (_line(viewer, row),)
    return found


def _line(viewer: Scope, row: Comment) -> CommentLine:
    return CommentLine(
        uid=row.uid,
        kind=row.kind,
        key=row.key,
        author=row.author,
        text=row.text,
        written_at=row.written_at,
        is_own=row.user_id is not None and row.user_id == viewer.user_id,
    )
