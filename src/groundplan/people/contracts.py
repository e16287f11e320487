"""What other rooms need to know of a viewer."""

from dataclasses import dataclass, replace
from typing import Literal

RoleName = Literal["administrator", "leader", "manager", "member", "viewer"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is looking, and how far they see.

    `path` is the person's place in the hierarchy (`/1/5/`), empty without a person. Whoever
    `sees_all` needs no filter. `actor` names the viewer in logs.
    """

    user_id: int
    actor: str
    role: RoleName
    person_id: int | None = None
    path: str = ""

    @property
    def sees_all(self) -> bool:
        return self.role in ("administrator", "leader")

    @property
    def sees_reports(self) -> bool:
        """Managers see what everybody below them sees, and accounts without an owner."""
        return self.sees_all or self.role == "manager"

    @property
    def reach(self) -> "Scope":
        """How far the viewer sees, without who it is: alike for all who see the same."""
        if self.sees_all:
            return SYSTEM
        return replace(self, user_id=0, actor="")

    @property
    def may_write(self) -> bool:
        return self.role != "viewer"

    @property
    def may_administer(self) -> bool:
        return self.role == "administrator"

    @property
    def may_import(self) -> bool:
        """Imports touch everybody's accounts, so only who sees all may start one."""
        return self.sees_all


SYSTEM = Scope(user_id=0, actor="system", role="administrator")
"""The command line and the workers: whoever can run them owns the installation's files."""
