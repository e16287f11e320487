"""Users: made by an administrator. They can't sign in before choosing a password."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from groundplan.kernel.errors import Conflict, InvalidInput, NotFound
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.permission import administrator_required
from groundplan.people.contracts import Scope
from groundplan.people.models import Person, Role, User


@transaction.atomic
def user_create(*, viewer: Scope, email: str, name: str, role: str, person_uid: str = "") -> User:
    """Make a user without a password: the link that the page shows lets them choose one.

    Raises NotAllowed, InvalidInput naming the field, Conflict where the address or the person is
    taken.
    """
    administrator_required(viewer)
    address = email.strip().lower()
    _checked(address, role)
    if User.objects.filter(email__iexact=address).exists():
        raise Conflict("Somebody signs in with this e-mail address already.")
    person = _free_person(person_uid)
    user = User.objects.create_user(address, name=name.strip()[:200], role=role, person=person)
    _record(viewer, user, "user.create", {"role": role, "person": str(person or "")})
    return user


@transaction.atomic
def user_update(*, viewer: Scope, uid: str, role: str, person_uid: str, is_active: bool) -> User:
    """Change what a user may do, who they are, and whether they can sign in.

    Raises NotAllowed, NotFound, InvalidInput; Conflict where no administrator would be left.
    """
    administrator_required(viewer)
    user = _user(uid)
    _checked(user.email, role)
    loses = user.role == Role.ADMINISTRATOR and (role != Role.ADMINISTRATOR or not is_active)
    if loses and not _other_administrator(user):
        raise Conflict(
            "This is the only administrator.", mend="Make somebody else administrator first."
        )
    person = user.person if _same(user, person_uid) else _free_person(person_uid)
    detail = {
        "role": {"from": user.role, "to": role},
        "active": {"from": user.is_active, "to": is_active},
        "person": {"from": str(user.person or ""), "to": str(person or "")},
    }
    user.role, user.person, user.is_active = role, person, is_active
    user.save(update_fields=["role", "person", "is_active"])
    _record(viewer, user, "user.update", detail)
    return user


@transaction.atomic
def user_invite(*, viewer: Scope, uid: str) -> User:
    """The user, for a new link; recorded, because the link lets whoever holds it in."""
    administrator_required(viewer)
    user = _user(uid)
    if not user.is_active:
        raise Conflict("This user is deactivated.", mend="Activate them first.")
    _record(viewer, user, "user.invite", {})
    return user


def _checked(email: str, role: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise InvalidInput("That is not an e-mail address.", field="email") from None
    if role not in Role.values:
        raise InvalidInput("There is no such role.", field="role")


def _same(user: User, person_uid: str) -> bool:
    return (str(user.person.uid) if user.person else "") == person_uid


def _free_person(uid: str) -> Person | None:
    if not uid:
        return None
    person = Person.objects.filter(uid=uid).first()
    if person is None:
        raise NotFound("There is no such person.")
    if User.objects.filter(person=person).exists():
        raise Conflict(f"{person.name} signs in as somebody already.")
    return person


def _other_administrator(user: User) -> bool:
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    return others.exists()


def _user(uid: str) -> User:
    user = User.objects.select_related("person").filter(uid=uid).first()
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _record(viewer: Scope, user: User, action: str, detail: dict[str, object]) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="user",
        key=str(user.uid),
        label=str(user),
        detail=detail,
    )
