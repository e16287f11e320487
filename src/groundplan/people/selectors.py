"""Reads of persons and users."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Q, QuerySet

from groundplan.database.prepared import Parameter, prepared

from .contracts import Scope
from .models import Person, Role, Team, User


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


def users() -> QuerySet[User]:
    """Everybody who can or could sign in: for administrators and for the first-run check."""
    return User.objects.select_related("person")


def user_with_person(user_id: int) -> User | None:
    """Whom a session names, with their person: every page asks it."""
    return next(iter(_with_person().ask(user=user_id)), None)


@prepared
def _with_person() -> QuerySet[User]:
    return users().filter(pk=Parameter("user", BigIntegerField()))


def has_users() -> bool:
    """Whether the installation has been set up."""
    return User.objects.exists()


def demonstration_cast() -> list[User]:
    """Who the demonstration can be seen as: the first active user of each role.

    Administrators may be nobody who sells; the others are persons.
    """
    cast: dict[str, User] = {}
    active = User.objects.filter(is_active=True)
    sellers_or_administrators = Q(person__isnull=False) | Q(role=Role.ADMINISTRATOR)
    for user in active.filter(sellers_or_administrators).select_related("person").order_by("pk"):
        cast.setdefault(user.role, user)
    parts = (Role.MEMBER, Role.MANAGER, Role.LEADER, Role.ADMINISTRATOR)
    return [cast[role] for role in parts if role in cast]


def demonstration_user(login: str) -> User | None:
    """The active user with this login, if there is one."""
    mailbox = Q(person__isnull=True, role=Role.ADMINISTRATOR, email__startswith=f"{login}@")
    named = User.objects.filter(Q(person__login=login) | mailbox, is_active=True)
    return named.select_related("person").order_by("pk").first()


def login_of(user: User) -> str:
    """What `demonstration_user` finds the user by: their person's login, else their mailbox."""
    return user.person.login if user.person else user.email.partition("@")[0]


def person_names(ids: Iterable[int]) -> dict[int, str]:
    """Names for ids that columns carry. Everybody may know who their colleagues are."""
    return dict(Person.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def persons_with_place() -> QuerySet[Person]:
    """Persons in the order of the tree, each with manager, team and user: for administration."""
    return Person.objects.select_related("manager", "team", "user").order_by("path", "name")


def teams() -> QuerySet[Team]:
    return Team.objects.all()


def persons_by_uid(uids: Iterable[str]) -> list[Person]:
    """Persons by the uids in an address; unknown ones are absent."""
    return list(Person.objects.filter(uid__in=list(uids)))


def persons_by_id(ids: Iterable[int]) -> list[Person]:
    """Persons by id, by name; unknown ones are absent."""
    return list(Person.objects.filter(pk__in=list(ids)).order_by("name", "pk"))


def scopes_by_login(logins: Iterable[str]) -> dict[str, Scope]:
    """How far active users see, by the login of their person."""
    users = User.objects.filter(person__login__in=list(logins), is_active=True)
    found = users.select_related("person")
    return {user.person.login: scope_of(user) for user in found if user.person}


def users_of_persons(ids: Iterable[int]) -> dict[int, int]:
    """The ids of active users by the id of their person."""
    users = User.objects.filter(person__in=list(ids), is_active=True)
    return {person: user for person, user in users.values_list("person_id", "pk") if person}


def scopes_of_persons(ids: Iterable[int]) -> dict[int, Scope]:
    """How far persons see, by id: as their active user, or as a member would without one."""
    persons = Person.objects.filter(pk__in=list(ids)).select_related("user")
    return {person.pk: _scope_of_person(person) for person in persons}


def _scope_of_person(person: Person) -> Scope:
    user = getattr(person, "user", None)
    if user is not None and user.is_active:
        user.person = person
        return scope_of(user)
    return Scope(0, person.name, "member", person.pk, person.path)


def users_above_all() -> list[int]:
    """The ids of active leaders; of administrators where nobody leads."""
    active = User.objects.filter(is_active=True).order_by("pk")
    leaders = list(active.filter(role=Role.LEADER).values_list("pk", flat=True))
    return leaders or list(administrators().order_by("pk").values_list("pk", flat=True))
