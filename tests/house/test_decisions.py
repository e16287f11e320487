"""The decisions: each is listed, and each dependency has a reason."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "adr"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FRONTEND = json.loads((ROOT / "frontend" / "package.json").read_text())


def dependencies() -> list[str]:
    """What an installation brings with it."""
    extra = [one for some in PROJECT["project"]["optional-dependencies"].values() for one in some]
    python = [re.split(r"[\[<>=]", one)[0] for one in PROJECT["project"]["dependencies"] + extra]
    return [*python, *FRONTEND["dependencies"]]


@pytest.mark.parametrize("name", dependencies())
def test_a_dependency_has_a_reason(name: str) -> None:
    reasons = next(DECISIONS.glob("*-what-each-dependency-is-for.md")).read_text()
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reasons, re.IGNORECASE)


def test_every_decision_is_listed_once() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text())
    assert sorted(listed) == sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
