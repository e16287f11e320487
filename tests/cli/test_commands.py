"""The command line: the same facts and numbers as the pages, for programs and people."""

import csv
import io
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from .conftest import Command, Home, command_in, process_in


def sums(path: Path, by: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            found[row[by]] += Decimal(row["Net Amount"])
    return found


def test_one_file_of_order_lines_makes_accounts_products_and_whitespace(
    tmp_path: Path, new_home: Home, order_lines: Path
) -> None:
    run = process_in(new_home(tmp_path / "home"))
    answer = run("import", order_lines, "--source", "shop", "--json")
    assert answer.code == 0, answer.err
    counts = answer.json["tables"]["purchases"]
    assert (counts["read"], counts["accepted"], counts["rejected"]) == (1500, 1500, 0)
    assert answer.json["rejects"] is None
    assert answer.json["snapshot"]
    assert answer.json["seconds"] > 0


def test_importing_the_same_file_again_changes_nothing(shop: Command, order_lines: Path) -> None:
    before = shop("performance", "--by", "account", "--json").json
    again = shop("import", order_lines, "--source", "shop", "--json")
    assert again.code == 0, again.err
    assert shop("performance", "--by", "account", "--json").json == before


def test_a_dry_run_takes_nothing(tmp_path: Path, new_home: Home, order_lines: Path) -> None:
    run = command_in(new_home(tmp_path / "home"))
    answer = run("import", order_lines, "--source", "shop", "--dry-run", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["tables"]["purchases"]["accepted"] == 1500
    assert run("tiers", "--json").json == {"tiers": [], "accounts": []}


def test_files_named_one_by_one_are_taken_together(
    tmp_path: Path, new_home: Home, order_lines: Path
) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("account_id,name\nA1,Customer 07\n")
    run = command_in(new_home(tmp_path / "home"))
    answer = run("import", accounts, order_lines, "--dry-run", "--json")
    assert answer.code == 0, answer.err
    tables = answer.json["tables"]
    assert (tables["accounts"]["accepted"], tables["purchases"]["read"]) == (1, 1500)


def test_whitespace_rows_name_the_ids_of_the_source_and_say_why(shop: Command) -> None:
    rows = shop("whitespace", "--top", "3", "--format", "json").json
    assert {
        "account_id",
        "product_id",
        "rank",
        "probability",
        "amount",
        "expected",
        "because",
    } <= set(rows[0])
    assert all(row["account_id"].startswith("Customer") for row in rows)
    assert all(row["because"] for row in rows)
    assert all(0 <= row["probability"] <= 1 for row in rows)
    ranks = defaultdict(list)
    for row in rows:
        ranks[row["account_id"]].append(row["rank"])
    assert all(found == list(range(1, len(found) + 1)) for found in ranks.values())
    assert max(map(len, ranks.values())) == 3


def test_whitespace_of_one_account_never_names_what_it_owns(
    shop: Command, order_lines: Path
) -> None:
    rows = shop("whitespace", "--account", "shop:Customer 07", "--format", "json").json
    with order_lines.open(newline="") as file:
        owned = {r["Product"] for r in csv.DictReader(file) if r["Customer"] == "Customer 07"}
    assert rows
    assert not owned & {row["product_id"] for row in rows}


def test_csv_and_json_hold_the_same_whitespace(shop: Command) -> None:
    as_json = shop("whitespace", "--top", "2", "--format", "json").json
    as_csv = list(
        csv.DictReader(io.StringIO(shop("whitespace", "--top", "2", "--format", "csv").out))
    )
    assert [(r["account_id"], r["product_id"]) for r in as_csv] == [
        (r["account_id"], r["product_id"]) for r in as_json
    ]


def test_an_unknown_account_is_refused_with_the_reason_on_standard_error(shop: Command) -> None:
    answer = shop("whitespace", "--account", "nobody", "--format", "json")
    assert (answer.code, answer.out) == (2, "")
    assert "nobody" in answer.err


def test_every_account_has_a_tier_with_its_reasons(shop: Command) -> None:
    found = shop("tiers", "--json").json
    assert sum(tier["accounts"] for tier in found["tiers"]) == len(found["accounts"]) == 60
    assert {tier["tier"] for tier in found["tiers"]} == {"A", "B", "C"}
    assert all("because" in account for account in found["accounts"])


@pytest.mark.parametrize("by", ["owner", "team", "account", "quarter"])
def test_performance_adds_up_to_the_same_revenue_however_it_is_cut(
    shop: Command, order_lines: Path, by: str
) -> None:
    rows = shop("performance", "--by", by, "--all-years", "--json").json["rows"]
    total = sum(Decimal(str(row["recognised"])) for row in rows)
    assert total == sum(sums(order_lines, "Customer").values())


def test_performance_says_what_no_rate_lets_it_count(new_home: Home, tmp_path: Path) -> None:
    run = command_in(new_home(tmp_path / "home"))
    lines = tmp_path / "purchases.csv"
    lines.write_text("account_id,date,amount,currency\nA,2026-02-01,70,USD\nA,2026-02-01,50,CHF\n")
    assert run("import", lines, "--source", "shop").code == 0
    told = run("performance", "--all-years", "--json").json
    assert [row["recognised"] for row in told["rows"]] == [70]
    assert told["excluded"]["purchases"]["CHF"]["rows"] == 1
    assert "without a rate on their day: CHF 50 (1 purchases)" in run("performance").err


def test_a_file_that_is_no_table_is_refused_with_the_reason(shop: Command, tmp_path: Path) -> None:
    picture = tmp_path / "logo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    answer = shop("import", picture, "--source", "shop", "--json")
    assert answer.code == 2
    assert "logo.csv" in answer.err


def test_a_file_whose_rows_are_all_rejected_takes_nothing(shop: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("account_id,product_id,date,amount\nNowhere,Nothing,2026-02-30,much\n")
    answer = shop("import", bad, "--source", "shop", "--json")
    assert answer.code == 2
    assert answer.json["tables"]["purchases"]["rejected"] == 1
    rejects = Path(answer.json["rejects"]).read_text()
    assert "2026-02-30" in rejects
    assert "bad.csv" in rejects


def test_check_finds_the_home_sound_but_for_the_missing_administrator(shop: Command) -> None:
    answer = shop("check", "--json")
    wrong = [finding["name"] for finding in answer.json["findings"] if not finding["ok"]]
    assert "administrators" in wrong
    assert not {"database", "schema", "purchases", "snapshot", "jobs"} & set(wrong)


def test_commands_of_an_empty_home_say_what_to_do_first(tmp_path: Path) -> None:
    answer = command_in(tmp_path / "new")("analyse")
    assert answer.code == 2
    assert "import" in answer.err
