"""Cells of categories and of families, spread out into the cells of accounts and products."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from groundplan.book.contracts import CellRef
from groundplan.book.selectors.naming import product_names
from groundplan.kernel.errors import NotFound
from groundplan.kernel.ids import uid_in
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from . import choosing, live, reading
from .choosing import Line
from .contracts import Choice
from .rules import state_of

Asked = tuple[UUID, str]
"""An account and a column: a product's uid or a category's name."""


def cells_meant(
    viewer: Scope,
    current: CurrentSnapshot,
    asked: Sequence[Asked],
    *,
    families: bool,
    states: Sequence[str],
) -> list[CellRef]:
    """The cells that those of a grid stand for, each once; `families` says that its rows were
    companies with all below them.

    A cell of an account and a product is itself. Of what others stand for, only cells in `states`
    count. Raises NotFound where the viewer may not see an account.
    """
    if not families and all(uid_in(column) for _account, column in asked):
        return list(dict.fromkeys(CellRef(account, UUID(column)) for account, column in asked))
    lines = _lines(viewer, current, {account for account, _ in asked}, families=families)
    ids = {line.account_id for each in lines.values() for line in each}
    marks = live.marks_now(current, sorted(ids))
    products = _products(current)
    found: dict[CellRef, None] = {}
    for account, column in asked:
        for uid, product_id in products.get(column, ()):
            for line in lines[account]:
                if state_of((line.account_id, product_id), marks) in states:
                    found[CellRef(line.uid, uid)] = None
    return list(found)


def _lines(
    viewer: Scope, current: CurrentSnapshot, accounts: set[UUID], *, families: bool
) -> dict[UUID, list[Line]]:
    """The accounts that each row stands for."""
    every = choosing.matching(viewer, current, Choice())

    def read(where: Q) -> Iterator[Line]:
        return (Line(*row) for row in every.filter(where).values_list(*choosing.FIELDS))

    own = {line.uid: line for line in read(Q(account__uid__in=accounts))}
    if accounts - own.keys():
        raise NotFound("There is no such cell.")
    if not families:
        return {uid: [line] for uid, line in own.items()}
    among = Q()
    for root in {line.root_id for line in own.values()}:
        among |= Q(account__path__startswith=f"/{root}/")
    together: defaultdict[int, list[Line]] = defaultdict(list)
    for line in read(among):
        together[line.root_id].append(line)
    return {uid: together[line.root_id] for uid, line in own.items()}


def _products(current: CurrentSnapshot) -> dict[str, list[tuple[UUID, int]]]:
    """(uid, id) of the products that a column stands for: its category's, or itself."""
    names = product_names()
    found: defaultdict[str, list[tuple[UUID, int]]] = defaultdict(list)
    for product_id, category in reading.categories(current):
        if product_id in names:
            pair = (names[product_id].uid, product_id)
            found[category].append(pair)
            found[str(pair[0])].append(pair)
    return found
