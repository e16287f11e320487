"""The first run: a one-time code, and the first administrator made with it."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from groundplan.kernel.errors import InvalidInput, NotAllowed
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.founding import organisation_found
from groundplan.people.models import Role, User
from groundplan.people.selectors import has_users


def setup_code() -> str | None:
    """The code that opens `/setup/`, made on first use; None once somebody can sign in.

    Only who reads this installation's files or the server's output knows it, so a stranger who
    finds a new installation first can't take it.
    """
    file = _code_file()
    if has_users():
        file.unlink(missing_ok=True)
        return None
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(16))
    return file.read_text().strip()


def setup_code_matches(code: str) -> bool:
    """Whether `code` is the one that was printed; compared in constant time."""
    expected = setup_code()
    return expected is not None and secrets.compare_digest(code.encode(), expected.encode())


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first page of an installation asks about the organisation."""

    name: str
    currency: str
    time_zone: str
    fiscal_start_month: int


@transaction.atomic
def installation_set_up(
    *, code: str, organisation: Founding, name: str, email: str, password: str
) -> User:
    """Make the organisation and its first administrator, both or neither.

    Raises what `administrator_create_first` and `organisation_found` raise.
    """
    user = administrator_create_first(code=code, name=name, email=email, password=password)
    organisation_found(
        viewer_actor=str(user),
        name=organisation.name,
        currency=organisation.currency,
        time_zone=organisation.time_zone,
        fiscal_start_month=organisation.fiscal_start_month,
    )
    return user


@transaction.atomic
def administrator_create_first(*, code: str, name: str, email: str, password: str) -> User:
    """Make the first administrator.

    Raises NotAllowed when the installation has users or the code is wrong, InvalidInput (with
    `field`) for an address or password that can't be taken.
    """
    if not setup_code_matches(code):
        raise NotAllowed(
            "This installation can't be set up with that code.",
            mend="Use the address that the server printed when it started.",
        )
    user = User(name=name.strip(), email=User.objects.normalize_email(email.strip()))
    _check("email", lambda: validate_email(user.email))
    _check("password", lambda: validate_password(password, user))
    created = User.objects.create_superuser(user.email, password, name=user.name)
    audit_record(
        viewer_actor=str(created),
        action="user.create_first",
        kind="user",
        key=str(created.uid),
        label=str(created),
        detail={"role": Role.ADMINISTRATOR.value},
    )
    transaction.on_commit(lambda: _code_file().unlink(missing_ok=True))
    return created


def _check(field: str, validate: Callable[[], object]) -> None:
    try:
        validate()
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field=field) from error


def _code_file() -> Path:
    return Path(settings.GROUNDPLAN_HOME) / "setup_code"
