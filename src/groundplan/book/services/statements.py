"""Statements in an account's profile: written, revised by a newer one, withdrawn."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from groundplan.book.models import Account, ProfileStatement
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.profile import statement_of
from groundplan.kernel import clock
from groundplan.kernel.errors import InvalidInput
from groundplan.organisation.selectors import today
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope

from .edits import writer_required

LONGEST = 4000
LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """What a person states: a fact if it names a source, else an assumption."""

    text: str
    as_of: date
    source: str = ""
    confidence: str = "medium"


@transaction.atomic
def statement_create(
    *, viewer: Scope, account_uid: UUID, topic: str, draft: StatementDraft
) -> ProfileStatement:
    """Add a statement. Raises NotFound, NotAllowed or InvalidInput that names the field."""
    account = account_of(viewer, account_uid)
    writer_required(viewer)
    if topic not in ProfileStatement.Topic.values:
        raise InvalidInput("Choose one of the topics.", field="topic")
    row = _write(viewer, account, topic, draft)
    _record(viewer, row, "statement.create")
    return row


@transaction.atomic
def statement_revise(*, viewer: Scope, uid: UUID, draft: StatementDraft) -> ProfileStatement:
    """Replace a statement by a newer one; the old one stays in the history."""
    old = statement_of(viewer, uid, lock=True)
    writer_required(viewer)
    row = _write(viewer, old.account, old.topic, draft)
    old.superseded_by = row
    old.save(update_fields=["superseded_by"])
    _record(viewer, row, "statement.revise", before=old.text)
    return row


@transaction.atomic
def statement_withdraw(*, viewer: Scope, uid: UUID) -> Account:
    """Stop a statement from counting; it stays in the history. Returns its account."""
    row = statement_of(viewer, uid, lock=True)
    writer_required(viewer)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    _record(viewer, row, "statement.withdraw")
    return row.account


def _write(viewer: Scope, account: Account, topic: str, draft: StatementDraft) -> ProfileStatement:
    text, source = draft.text.strip(), draft.source.strip()
    if not text or len(text) > LONGEST:
        raise InvalidInput(f"Write 1 to {LONGEST} characters.", field="text")
    if len(source) > LONGEST_SOURCE:
        raise InvalidInput(f"At most {LONGEST_SOURCE} characters.", field="source")
    if draft.confidence not in ProfileStatement.Confidence.values:
        raise InvalidInput("Choose low, medium or high.", field="confidence")
    if draft.as_of > today():
        raise InvalidInput("A statement can't be from the future.", field="as_of")
    return ProfileStatement.objects.create(
        account=account,
        topic=topic,
        text=text,
        source=source,
        as_of=draft.as_of,
        confidence=draft.confidence,
        author=viewer.actor,
        written_at=clock.now(),
    )


def _record(viewer: Scope, row: ProfileStatement, action: str, before: str = "") -> None:
    detail = {row.topic: {"from": before, "to": "" if row.withdrawn_at else row.text}}
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="account",
        key=str(row.account.uid),
        label=row.account.name,
        detail=detail,
    )
