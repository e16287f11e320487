"""Orders imported over and over: few layers, the same totals, and undo of what can be undone."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.intake.test_importing import home, take
from tests.intake.test_undoing import everything, undo

from groundplan.engine import folding
from groundplan.intake.contracts import ImportReport
from groundplan.intake.models import PurchaseLayer
from groundplan.intake.selectors import layers_held
from groundplan.intake.undoing import keeping
from groundplan.kernel import steps
from groundplan.kernel.errors import Conflict
from groundplan.snapshots.services import snapshot_publish

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
UNDONE, FEW = 1, 3
HEAD = "account_id,product_id,date,amount,order_id\n"


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One import can be undone, three layers are many."""
    monkeypatch.setattr(keeping, "MOST_KEPT", UNDONE)
    monkeypatch.setattr(folding, "FOLD_AT", FEW)
    yield
    steps.listen(None)


def day(number: int) -> dict[str, str]:
    """A file of a day: an order of its own, and the one of the day before again."""
    lines = [f"A{n % 3},P,2024-01-{n + 1:02d},{n * 10 + number},{n}" for n in (number - 1, number)]
    return {"purchases.csv": HEAD + "\n".join(lines) + "\n"}


def held(home: Path) -> list[tuple[str, float]]:
    rows = [row["row"] for row in everything(home)["purchases"]]
    return sorted((row[8], float(row[3])) for row in rows)


def wanted(days: int) -> list[tuple[str, float]]:
    """Every order as the last file that had it told."""
    return sorted((str(n), float(n * 10 + min(n + 1, days))) for n in range(days + 1))


def folders(home: Path) -> set[str]:
    return {path.name for path in (home / "layers").iterdir()}


def named() -> set[str]:
    """The folders that rows name."""
    return {Path(row.folder).name for row in PurchaseLayer.objects.all()}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.parquet")}


def bought(folder: Path) -> list[tuple[str, float]]:
    rows = pq.read_table(folder / "purchases").to_pylist()
    return sorted((row["order_id"], float(row["amount"])) for row in rows)


def test_layers_stay_few_and_hold_what_they_held(take: Take, home: Path) -> None:
    for number in range(1, 9):
        take(day(number))
        assert held(home) == wanted(number)
        assert PurchaseLayer.objects.count() < UNDONE + FEW
        assert folders(home) == named()
    assert sum(PurchaseLayer.objects.values_list("folded", flat=True)) == 8


def test_the_last_imports_are_undone_to_the_row_and_the_ones_before_are_refused(
    take: Take, home: Path
) -> None:
    done, before = [], []
    for number in range(1, 6):
        before.append(held(home))
        done.append(take(day(number)))
    for _ in range(UNDONE):
        undo(done.pop())
        assert held(home) == before.pop()
    with pytest.raises(Conflict, match="not kept any more"):
        undo(done.pop())


def test_a_folded_import_is_not_undone_though_its_journal_came_back(take: Take, home: Path) -> None:
    for number in range(1, 6):
        take(day(number))
    last = PurchaseLayer.objects.filter(folded__gt=1).order_by("-id")[0]
    journal = home / "journals" / str(last.run.uid)
    journal.mkdir()
    (journal / "before.json").write_text('{"edits": [], "rates": [], "remembered": ""}')
    with pytest.raises(Conflict, match="not kept any more"):
        undo(ImportReport(source="crm", tables={}, run_uid=str(last.run.uid)), with_later=True)


def test_complete_files_leave_the_layers_that_an_undo_may_need_and_one(
    take: Take, home: Path
) -> None:
    for number in range(1, 5):
        take(day(number), complete=True)
    assert PurchaseLayer.objects.count() == UNDONE + 1
    assert folders(home) == named()


def test_snapshots_keep_their_files_and_a_new_one_has_the_same_purchases(
    take: Take, home: Path
) -> None:
    take(day(1))
    (first_layer,) = folders(home)
    first = snapshot_publish()
    files = digests(first.folder)
    for number in range(2, 7):
        take(day(number))
    assert first_layer not in folders(home)
    assert digests(first.folder) == files
    assert bought(snapshot_publish().folder) == wanted(6)


@pytest.mark.parametrize("step", ["disk.written", "layers.fold-written", "layers.folded"])
def test_stopped_while_it_folds_an_import_is_there_and_the_next_one_clears_up(
    take: Take, home: Path, step: str
) -> None:
    number, begun = 0, False

    def listen(name: str) -> None:
        nonlocal begun
        begun = begun or name == "import.committed"
        if begun and name == step:
            raise Killed

    steps.listen(listen)
    with suppress(Killed):
        for number in range(1, 9):
            begun = False
            take(day(number))
    assert number < 8
    steps.listen(None)
    assert held(home) == wanted(number)
    take(day(number + 1))
    assert held(home) == wanted(number + 1)
    assert folders(home) == named()
    assert PurchaseLayer.objects.count() < UNDONE + FEW


def test_a_disk_that_is_full_while_it_folds_leaves_the_import_done(
    take: Take, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("groundplan.intake.services.folding.write_layer", full)
    for number in range(1, 6):
        assert take(day(number)).taken
    assert held(home) == wanted(5)
    assert PurchaseLayer.objects.count() == 5


def test_layers_that_somebody_reads_keep_their_files_until_the_next_import(
    take: Take, home: Path
) -> None:
    with layers_held():
        for number in range(1, 6):
            take(day(number))
        assert len(folders(home)) > PurchaseLayer.objects.count()
    take(day(6))
    assert folders(home) == named()
