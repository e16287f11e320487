"""Plans on the command line are the plans of the pages."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.demo_world import DemoWorld

from groundplan.cli.commands.plans import plan

GOOD, HOLED = "US East FY27", "US Central FY28"


def run(*words: str) -> Result:
    return CliRunner().invoke(plan, words, catch_exceptions=False)


def said(*words: str) -> Any:
    return json.loads(run(*words, "--json").output)


def test_every_plan_is_listed_with_its_period_and_state(demo_world: DemoWorld) -> None:
    plans = said("list")["plans"]
    assert {"id", "title", "period", "state"} <= set(plans[0])
    found = {one["title"]: (one["period"], one["state"]) for one in plans}
    assert found[GOOD] == ("FY2027", "in_execution")
    assert found[HOLED] == ("FY2028", "draft")


def test_a_plan_is_shown_whole_by_title_and_by_id(demo_world: DemoWorld) -> None:
    by_title = said("show", GOOD)
    assert said("show", by_title["plan"]["uid"]) == by_title
    kinds = {part["kind"] for part in by_title["parts"]}
    assert {"goal", "strategy", "objective", "initiative", "tactic", "risk"} <= kinds
    assert "  tactic: " in run("show", GOOD).output.replace("    tactic", "  tactic")


def test_the_check_says_what_why_and_how_to_mend_it(demo_world: DemoWorld) -> None:
    found = said("check", HOLED)
    assert 0 <= found["fact_ratio"] <= 1
    first = found["findings"][0]
    assert {"code", "severity", "where", "message", "why", "mend"} <= set(first)
    assert first["severity"] == "error"
    assert all(one["message"] and one["why"] and one["mend"] for one in found["findings"])


def test_a_new_plan_is_begun_once(demo_world: DemoWorld) -> None:
    made = said("new", "--period", "FY2028", "--owner", "katja.brunner")
    assert made["state"] == "draft"
    assert made["id"] in {one["id"] for one in said("list", "--period", "FY2028")["plans"]}
    with pytest.raises(Exception, match="There is a plan already"):
        run("new", "--period", "FY2028", "--owner", "katja.brunner")


def test_what_was_accepted_is_compared_with_the_plan_as_it_stands(demo_world: DemoWorld) -> None:
    assert said("diff", GOOD)["changes"] == []
    with pytest.raises(Exception, match="No version of this plan"):
        run("diff", HOLED)


def test_a_plan_that_is_not_there_is_an_error(demo_world: DemoWorld) -> None:
    with pytest.raises(Exception, match="There is no such plan"):
        run("show", "Atlantis FY27")
