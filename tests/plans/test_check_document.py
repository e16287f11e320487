"""The page about the plan check says what the rules say."""

from pathlib import Path

from groundplan.plans.rules.documenting import document

PAGE = Path(__file__).parents[2] / "docs" / "plan-check.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == document(), "run python -m groundplan.plans.rules.documenting"
