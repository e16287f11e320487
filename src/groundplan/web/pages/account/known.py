"""What is known of the account itself: its fields with their edits, and the statements."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from groundplan.book.contracts import Statement, TopicStatements
from groundplan.book.rules import ACCOUNT_FIELDS, CUSTOM, account_fields
from groundplan.kernel.figures import Figure
from groundplan.sources.contracts import Override
from groundplan.web.change_values import Names, names_in, worded
from groundplan.web.change_words import TOPICS, field_word

from .performance import Subject


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the account; edited ones say so and may be in conflict with their source."""

    code: str
    label: str | Promise
    value: str
    figure: Figure | None = None
    edited_by: str = ""
    base: str = ""
    incoming: str = ""
    in_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the profile with its statements."""

    code: str
    label: str | Promise
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile: topics that have statements, those that have none, and how many rest on what."""

    stated: tuple[Topic, ...]
    unstated: tuple[Topic, ...]
    facts: int
    assumptions: int


def fields_of(account: Any, overrides: tuple[Override, ...], subject: Subject) -> tuple[Field, ...]:
    """The account's fields in order, its owner only where somebody edited who that is."""
    edits = {override.field: override for override in overrides}
    codes = [code for code in account_fields(account.attributes) if code != "name"]
    codes += [code for code in edits if code not in codes]
    owners = [
        (edit.field, value)
        for edit in overrides
        for value in (edit.base, edit.edited, edit.incoming)
    ]
    names = names_in(owners)
    return tuple(_field(account, code, edits.get(code), subject, names) for code in codes)


def profile_from(groups: tuple[TopicStatements, ...]) -> Profile:
    topics = [Topic(group.topic, TOPICS[group.topic], group.statements) for group in groups]
    statements = [one for topic in topics for one in topic.statements]
    facts = sum(one.is_fact for one in statements)
    return Profile(
        stated=tuple(topic for topic in topics if topic.statements),
        unstated=tuple(topic for topic in topics if not topic.statements),
        facts=facts,
        assumptions=len(statements) - facts,
    )


def _field(account: Any, code: str, edit: Override | None, subject: Subject, names: Names) -> Field:
    custom = account.attributes.get(code.removeprefix(CUSTOM)) if code.startswith(CUSTOM) else None
    value = getattr(account, code, custom)
    is_amount = ACCOUNT_FIELDS.get(code) == "amount" and value is not None
    currency = account.currency or subject.currency
    return Field(
        code=code,
        label=field_word(code),
        value=worded(code, str(value) if is_amount else value, names),
        figure=Figure(value, "money", currency) if is_amount else None,
        edited_by=edit.author if edit else "",
        base=worded(code, edit.base, names) if edit else "",
        incoming=worded(code, edit.incoming, names) if edit else "",
        in_conflict=bool(edit and edit.in_conflict),
    )
