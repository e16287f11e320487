"""Edits of imported fields and the conflicts they get into; ids of sources."""

import pytest

from groundplan.kernel import clock
from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import SYSTEM
from groundplan.sources.models import FieldOverride, SourceKey, SourceSystem
from groundplan.sources.selectors import source_ids, target_of
from groundplan.sources.services import override_conflict_settle, override_set

pytestmark = pytest.mark.django_db


def edited() -> None:
    override_set(
        viewer=SYSTEM,
        kind="account",
        target_id=1,
        field="industry",
        base="Food",
        edited="Drinks",
        at=clock.now(),
    )


def in_conflict() -> None:
    edited()
    FieldOverride.objects.update(incoming="Beverages", in_conflict=True)


def test_keeping_mine_makes_the_sources_value_the_new_base() -> None:
    in_conflict()
    value = override_conflict_settle(kind="account", target_id=1, field="industry", keep="mine")
    row = FieldOverride.objects.get()
    assert (value, row.base, row.in_conflict) == ("Drinks", "Beverages", False)


def test_taking_the_sources_value_ends_the_edit() -> None:
    in_conflict()
    value = override_conflict_settle(kind="account", target_id=1, field="industry", keep="source")
    assert value == "Beverages"
    assert not FieldOverride.objects.exists()


def test_without_a_conflict_there_is_nothing_to_settle() -> None:
    edited()
    with pytest.raises(NotFound):
        override_conflict_settle(kind="account", target_id=1, field="industry", keep="mine")


def test_an_id_alone_means_a_row_where_only_one_source_has_it() -> None:
    for name, target in (("crm", 1), ("shop", 2)):
        source = SourceSystem.objects.create(name=name)
        SourceKey.objects.create(source=source, kind="account", key="A1", target_id=target)
        SourceKey.objects.create(source=source, kind="account", key=name, target_id=target)
    assert target_of("account", "shop") == 2
    assert target_of("account", "crm:A1") == 1
    with pytest.raises(NotFound, match="Several"):
        target_of("account", "A1")
    with pytest.raises(NotFound):
        target_of("contact", "shop")
    assert source_ids("account", [1, 9]) == {1: "A1", 9: "9"}
