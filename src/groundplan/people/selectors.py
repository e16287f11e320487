"""Reads of persons and users."""

from django.db.models import Q, QuerySet

from .contracts import Scope
from .models import Person, Role, User


def scope_of(user: User) -> Scope:
    """How far `user` sees; costs no query when the person was loaded with the user."""
    person = user.person
    return Scope(
        user_id=user.pk,
        actor=str(user),
        role=user.role,  # type: ignore[arg-type]  # the choices are the literal's values
        person_id=person.pk if person else None,
        path=person.path if person else "",
    )


def visible_persons(scope: Scope) -> QuerySet[Person]:
    """Persons whose accounts `scope` covers: all, the person and those below, or the person."""
    persons = Person.objects.all()
    if scope.sees_all:
        return persons
    if scope.person_id is None:
        return persons.none()
    if scope.sees_reports:
        return persons.filter(Q(path__startswith=scope.path))
    return persons.filter(pk=scope.person_id)


def administrators() -> QuerySet[User]:
    """Users who may change settings and people."""
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
