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


def _renewals(columns: str, rows: tuple[str, ...], made: str = "2025-06-01") -> str:
    """`rows` are steps, their chances and what else `columns` tell, in turn."""
    text = f"Vorgang,Firma,Phase,Wert,Wahrscheinlichkeit,Erstellt am,Abschlussdatum{columns}\n"
    for n in range(40):
        step, chance, close, *more = rows[n % len(rows)].split("|")
        told = ",".join((f"V{n}", NAMES[n % 5], step, f"{n}.50", chance, made, close, *more))
        text += f"{told}\n"
    return text


def _outcomes(text: str, tmp_path: Path) -> dict[str, str]:
    with suggested(tmp_path, {"Verkaufschancen.csv": text}) as found:
        return {name: str(rule.outcome) for name, rule in found.mapping.stages.items()}


def test_renewals_are_won_and_lost_by_words_of_their_own(tmp_path: Path) -> None:
    rows = ("Verlängert|100|2025-02-01", "Nicht verlängert|0|2025-02-01",
            "Gekündigt|0|2025-02-01", "Verlängerung steht an|40|2025-09-01")  # fmt: skip
    assert _outcomes(_renewals("", rows), tmp_path) == {
        "Verlängert": "won", "Nicht verlängert": "lost",
        "Gekündigt": "lost", "Verlängerung steht an": "open",
    }  # fmt: skip


def test_a_flag_of_lost_deals_tells_what_no_word_does(tmp_path: Path) -> None:
    rows = ("Gewonnen|100|2025-02-01|nein", "Pustet|0|2025-02-01|ja", "Neu|0|2025-02-01|nein")
    assert _outcomes(_renewals(",Verloren", rows), tmp_path) == {
        "Gewonnen": "won", "Pustet": "lost", "Neu": "open",
    }  # fmt: skip


def test_past_days_of_closing_and_a_chance_of_all_or_nothing_tell_an_end(tmp_path: Path) -> None:
    rows = ("Dala|100|2025-02-01", "Pustet|0|2025-02-01", "Neu|0|2025-09-01", "Rede|50|2025-02-01")
    assert _outcomes(_renewals("", rows), tmp_path) == {
        "Dala": "won", "Pustet": "lost", "Neu": "open", "Rede": "open",
    }  # fmt: skip


def _companies(columns: str, last: Callable[[int, bool], str]) -> str:
    """Every fourth deal names a second company."""
    text = f"Vorgang,Phase,Wert,Abschlussdatum,{columns}\n"
    for n in range(40):
        text += f"V{n},{'Gewonnen' if n % 2 else 'Angebot'},{n}.50,2025-03-{n % 28 + 1:02d},"
        text += f"{last(n, n % 4 == 0)}\n"
    return text


def _ids(n: int, several: bool) -> str:
    return f"90{n % 5};90{(n + 1) % 5}" if several else f"90{n % 5}"


def _firms(n: int, several: bool) -> str:
    return f"{NAMES[n % 5]};{NAMES[(n + 1) % 5]}" if several else NAMES[n % 5]


def test_the_company_a_deal_is_with_counts_before_all_that_it_names(tmp_path: Path) -> None:
    text = _companies(
        "Company IDs,Company,Company IDs (Primary),Company (Primary)",
        lambda n, two: f"{_ids(n, two)},{_firms(n, two)},{_ids(n, False)},{_firms(n, False)}",
    )
    with suggested(tmp_path, {"Verkaufschancen.csv": text}) as found:
        assert found.columns("opportunities")["account_id"] == "Company IDs (Primary)"
        assert set(found.rows("accounts", "account_id", "name")) == {
            (f"90{n}", NAMES[n]) for n in range(5)
        }


def test_the_first_of_several_companies_is_called_by_the_first_of_their_names(
    tmp_path: Path,
) -> None:
    text = _companies("Company IDs,Company", lambda n, two: f"{_ids(n, two)},{_firms(n, two)}")
    with suggested(tmp_path, {"Verkaufschancen.csv": text}) as found:
        assert set(found.rows("accounts", "account_id", "name")) == {
            (f"90{n}", NAMES[n]) for n in range(5)
        }
