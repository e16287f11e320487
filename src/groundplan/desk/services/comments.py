"""Comments on anything that can be seen. Viewers too may comment: they change no facts."""

from uuid import UUID

from django.db import transaction

from groundplan.desk.contracts import Commented
from groundplan.desk.models import Comment
from groundplan.desk.rules import mentions
from groundplan.desk.subjects import subject_of, subjects
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.people.selectors import scopes_by_login

from .notices import notices_give

LONGEST = 4000
MENTIONED = "mention"


@transaction.atomic
def comment_add(*, viewer: Scope, kind: str, key: str, text: str) -> Commented:
    """Say something about (kind, key); who is mentioned as @login is told, if they may see it.

    Raises NotFound where the viewer may not see it, InvalidInput for an empty or long text.
    """
    subject = subject_of(viewer, kind, key)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text or len(text) > LONGEST:
        raise InvalidInput(f"Write 1 to {LONGEST} characters.", field="text")
    comment = Comment.objects.create(
        kind=kind,
        key=key,
        user_id=viewer.user_id or None,
        author=viewer.actor,
        text=text,
        written_at=clock.now(),
    )
    told, unseen = _mentioned(viewer, comment)
    users = [scope.user_id for scope in told]
    notices_give(viewer=viewer, users=users, code=MENTIONED, about=(kind, key), text=text)
    _record(viewer, comment, "comment.create", subject.label)
    return Commented(comment.uid, tuple(scope.actor for scope in told), unseen)


@transaction.atomic
def comment_remove(*, viewer: Scope, uid: UUID | str) -> tuple[str, str]:
    """Take one's comment away; administrators anybody's. Returns what it was about.

    Raises NotFound, NotAllowed.
    """
    comment = Comment.objects.filter(uid=uid, removed_at__isnull=True).first()
    if comment is None:
        raise NotFound("There is no such comment.", mend="Reload the page.")
    subject = subject_of(viewer, comment.kind, comment.key)
    is_own = comment.user_id is not None and comment.user_id == viewer.user_id
    if not is_own and not viewer.may_administer:
        raise NotAllowed("Only who wrote it takes a comment away.", mend="Answer it instead.")
    comment.removed_at = clock.now()
    comment.save(update_fields=["removed_at"])
    _record(viewer, comment, "comment.remove", subject.label)
    return comment.kind, comment.key


def _mentioned(viewer: Scope, comment: Comment) -> tuple[list[Scope], tuple[str, ...]]:
    """Whom to tell, and the names of those who may not see it or don't sign in."""
    told, unseen = [], []
    known = scopes_by_login(mentions(comment.text))
    for login in mentions(comment.text):
        scope = known.get(login)
        if scope is None or not subjects(scope, comment.kind, [comment.key]):
            unseen.append(scope.actor if scope else login)
        elif scope.user_id != viewer.user_id:
            told.append(scope)
    return told, tuple(unseen)


def _record(viewer: Scope, comment: Comment, action: str, label: str) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind=comment.kind,
        key=comment.key,
        label=label,
        detail={"text": comment.text},
    )
