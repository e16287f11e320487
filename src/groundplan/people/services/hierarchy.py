"""Who reports to whom: persons' places in the tree, kept as paths."""

from django.db import transaction

from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.organisation.services import audit_record
from groundplan.organisation.services.permission import administrator_required
from groundplan.people.contracts import Scope
from groundplan.people.models import Person, Team


def path_below(manager: Person | None, person_id: int) -> str:
    """The path of a person who reports to `manager`."""
    return f"{manager.path if manager else '/'}{person_id}/"


@transaction.atomic
def person_update(
    *, viewer: Scope, uid: str, manager_uid: str, team: str, title: str, territory: str
) -> Person:
    """Change where a person stands; everybody below moves along.

    An empty `manager_uid` puts the person on top, an empty `team` in none; a new team's name makes
    the team. Raises NotAllowed, NotFound, or InvalidInput for a manager who reports to them.
    """
    administrator_required(viewer)
    person = _person(uid)
    manager = _person(manager_uid) if manager_uid else None
    if manager and manager.path.startswith(person.path):
        message = f"{manager.name} reports to {person.name}."
        raise InvalidInput(message, field="manager", mend="Move them first.")
    before = _described(person)
    person.title, person.territory = title.strip()[:200], territory.strip()[:200]
    name = team.strip()
    person.team = Team.objects.get_or_create(name=name)[0] if name else None
    if person.manager_id != (manager.pk if manager else None):
        person.manager = manager
        _move(person, path_below(manager, person.pk))
    person.save()
    after = _described(person)
    changed = {key: {"from": before[key], "to": after[key]} for key in after}
    audit_record(
        viewer_actor=viewer.actor,
        action="person.update",
        kind="person",
        key=str(person.uid),
        label=person.name,
        detail={key: value for key, value in changed.items() if value["from"] != value["to"]},
    )
    return person


def _move(person: Person, path: str) -> None:
    """Put the person at `path`, and everybody below under it."""
    old = person.path
    below = list(Person.objects.filter(path__startswith=old).exclude(pk=person.pk))
    for one in below:
        one.path = path + one.path.removeprefix(old)
    Person.objects.bulk_update(below, ["path"], batch_size=500)
    person.path = path


def _described(person: Person) -> dict[str, str]:
    return {
        "manager": person.manager.name if person.manager else "",
        "team": person.team.name if person.team else "",
        "title": person.title,
        "territory": person.territory,
    }


def _person(uid: str) -> Person:
    found = Person.objects.select_related("manager", "team").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found
