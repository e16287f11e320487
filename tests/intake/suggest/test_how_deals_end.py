"""Deals whose state, days and keys stand in several columns."""

from collections.abc import Callable
from pathlib import Path

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


def _deals(row: Callable[[int], str], *, columns: str) -> str:
    told = [f"D{n},{NAMES[n % 5]},{n}.50,{row(n)}" for n in range(40)]
    return "\n".join((f"Deal Name,Client Code,Deal Value,{columns}", *told)) + "\n"


STEPS = ("A. Lead", "J. Invoice sent", "L. Project lost", "G. Project won", "B. Offer", "")
STATES = ("Open", "Won", "Dead", "Won", "", "On Hold")


def _staged(row: Callable[[int], str], tmp_path: Path) -> list[str | None]:
    text = _deals(row, columns="Deal Stage,Deal Status,Tentative Close Date")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        return [stage for (stage,) in found.rows("opportunities", "stage")]


def test_a_state_that_goes_on_telling_after_a_step_decides(tmp_path: Path) -> None:
    stages = _staged(lambda n: f"{STEPS[n % 6]},{STATES[n % 6]},2026-04-01", tmp_path)
    assert stages[:6] == ["A. Lead", "Won", "Dead", "Won", "B. Offer", "On Hold"]


def test_a_state_that_contradicts_the_step_does_not(tmp_path: Path) -> None:
    states = ("Success", "Failed", "Success", "Failed", "Failed", "Failed")
    stages = _staged(lambda n: f"{STEPS[n % 6] or 'Talks'},{states[n % 6]},2026-04-01", tmp_path)
    assert stages[:4] == list(STEPS[:4])


def test_no_open_deal_is_at_a_step_that_says_it_is_lost(tmp_path: Path) -> None:
    def row(n: int) -> str:
        step = "L. Project lost" if n == 6 else STEPS[n % 6]
        return f"{step},{STATES[n % 6]},2026-04-01"

    assert _staged(row, tmp_path)[6] == "Open"


def test_of_two_days_of_closing_the_one_seldom_filled_is_when_it_did(tmp_path: Path) -> None:
    text = _deals(
        lambda n: f"Won,{'2025-01-31' if n % 3 == 0 else ''},2026-04-{n % 28 + 1:02d}",
        columns="Stage,Close Date,Expected Close Date",
    )
    with suggested(tmp_path, {"deals.csv": text}) as found:
        columns = found.columns("opportunities")
    assert (columns["close_on"], columns["closed_on"]) == ("Expected Close Date", "Close Date")


def test_empty_cells_tell_no_deals_apart(tmp_path: Path) -> None:
    text = "Deal Name,Client Code,Stage,Value,Close Date,Created Date\n"
    for n in range(40):
        closed = f"2025-02-{n % 28 + 1:02d}" if n % 4 == 0 else ""
        text += f"Hull {n % 3},C{n % 5},Won,{n}.5,{closed},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}\n"
    with suggested(tmp_path, {"deals.csv": text}) as found:
        keys = [key for (key,) in found.rows("opportunities", "opportunity_id")]
    assert len(set(keys)) == 40


def test_the_code_of_an_owner_is_who_sells(tmp_path: Path) -> None:
    text = _deals(lambda n: f"Won,2025-02-01,OWN-{n % 3}", columns="Stage,Close Date,Owner code")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.columns("opportunities")["owner"] == "Owner code"


REASONS = ("", "Price", "", "")
STAGES = ("New", "Talks", "Won", "Talks")


def test_a_reason_for_losing_tells_a_deal_lost_whose_stage_does_not(tmp_path: Path) -> None:
    text = _deals(lambda n: f"{STAGES[n % 4]},{REASONS[n % 4]}", columns="Stage,Lost Reason")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        stages = [stage for (stage,) in found.rows("opportunities", "stage")]
        assert stages[:4] == ["New", "Lost", "Won", "Talks"]
        assert found.mapping.stages["Lost"].outcome == "lost"


def test_a_reason_that_won_deals_have_as_well_tells_no_loss(tmp_path: Path) -> None:
    text = _deals(lambda n: f"{STAGES[n % 4]},{'Price' * (n % 2)}", columns="Stage,Loss Reason")
    text = text.replace("Won,", "Won,Price")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.columns("opportunities")["stage"] == "Stage"


def test_deals_put_away_without_a_chance_are_lost(tmp_path: Path) -> None:
    chances = ("20", "0", "100", "60")
    text = _deals(
        lambda n: f"{STAGES[n % 4]},{chances[n % 4]},{'no' if n % 4 == 1 else 'yes'}",
        columns="Stage,Probability,Active",
    )
    with suggested(tmp_path, {"deals.csv": text}) as found:
        stages = [stage for (stage,) in found.rows("opportunities", "stage")]
    assert stages[:4] == ["New", "Lost", "Won", "Talks"]


def test_what_no_word_tells_of_closed_deals_their_chance_does(tmp_path: Path) -> None:
    text = "Deal ID,Deal Name,Company,Stage,Amount,Probability,Close Date,Deal Closed\n"
    steps = (("Baru", 20, "нет"), ("Tercapai", 100, "да"), ("Gugur", 0, "да"), ("Uji", 0, "нет"))
    for n in range(40):
        step, chance, closed = steps[n % 4]
        text += f"D{n},Deal {n},{NAMES[n % 5]},{step},{100 + n}.5,{chance},2025-03-{n % 28 + 1},"
        text += f"{closed}\n"
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert {name: rule.outcome for name, rule in found.mapping.stages.items()} == {
            "Baru": "open", "Tercapai": "won", "Gugur": "lost", "Uji": "open",
        }  # fmt: skip
