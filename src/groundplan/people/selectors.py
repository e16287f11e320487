"""Reads of persons and users."""

from collections.abc import Iterable

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


def persons_by_login(logins: Iterable[str]) -> list[Person]:
    """Persons that work here, by the login that exports know them by."""
    return list(Person.objects.filter(login__in=list(logins), archived_at__isnull=True))


def persons_to_choose(text: str = "", limit: int = 200) -> list[Person]:
    """Persons that something can be given to, by name; never more than `limit`.

    Everybody who signs in may know who their colleagues are, so this takes no viewer.
    """
    persons = Person.objects.filter(archived_at__isnull=True)
    if text:
        persons = persons.filter(Q(name__icontains=text) | Q(login__icontains=text))
    return list(persons.order_by("name", "pk")[:limit])
