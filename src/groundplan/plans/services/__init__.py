"""Writes of plans: a module a verb or noun, each function one transaction that is logged.

`writing` is what all share: who may, the log, and signatures that an edit takes back. `parts`,
`moving`, `keeping`, `heads`, `progress` and `team` edit a plan; `plans`, `prefilling` and `copying`
begin one; `accepting`, `versions` and `waiving` are its way to acceptance; `undoing` takes a change
back; `merged` follows accounts that became one.
"""

from .accepting import (
    plan_accept,
    plan_begin,
    plan_close,
    plan_reopen,
    plan_return,
    plan_revise,
    plan_submit,
    plan_withdraw,
)
from .copying import plan_cut
from .heads import plan_update
from .keeping import part_keep, parts_keep
from .moving import part_move, part_remove
from .parts import part_add, part_update
from .plans import plan_create
from .progress import objective_check_in, tactic_mark
from .team import member_add, member_remove, plan_sign, plan_unsign
from .undoing import change_undo
from .waiving import finding_waive, severity_set

__all__ = [
    "change_undo",
    "finding_waive",
    "member_add",
    "member_remove",
    "objective_check_in",
    "part_add",
    "part_keep",
    "part_move",
    "part_remove",
    "part_update",
    "parts_keep",
    "plan_accept",
    "plan_begin",
    "plan_close",
    "plan_create",
    "plan_cut",
    "plan_reopen",
    "plan_return",
    "plan_revise",
    "plan_sign",
    "plan_submit",
    "plan_unsign",
    "plan_update",
    "plan_withdraw",
    "severity_set",
    "tactic_mark",
]
