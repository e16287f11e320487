"""Who a session names: allauth's own checks, with the person in one query compiled once."""

from allauth.account.auth_backends import AuthenticationBackend

from groundplan.people.models import User
from groundplan.people.selectors import user_with_person


class WithPerson(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    def get_user(self, user_id: int) -> User | None:
        user = user_with_person(user_id)
        return user if user and self.user_can_authenticate(user) else None
