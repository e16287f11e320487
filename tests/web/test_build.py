"""The front-end's build: skipped while nothing changed, fetched from whatever registry there is."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    pytest.importorskip("hatchling", reason="hatchling is needed to read the build hook")
    spec = importlib.util.spec_from_file_location("build_hook", FRONTEND / "build_hook.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path, hook: ModuleType) -> Path:
    for name in ("frontend/styles/app.scss", "frontend/node_modules/left/pad.js", hook.PALETTE):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "matters"),
    [
        ("frontend/styles/app.scss", True),
        ("src/groundplan/charts/palette.json", True),
        ("frontend/styles/new.scss", True),
        ("frontend/node_modules/left/pad.js", False),
        ("src/groundplan/web/shell.py", False),
    ],
)
def test_a_build_is_due_exactly_when_something_it_reads_changed(
    tree: Path, hook: ModuleType, changed: str, matters: bool
) -> None:
    before = hook.inputs_digest(tree)
    (tree / changed).parent.mkdir(parents=True, exist_ok=True)
    (tree / changed).write_text("two")
    assert (hook.inputs_digest(tree) != before) is matters


def test_renaming_a_file_is_a_change(tree: Path, hook: ModuleType) -> None:
    before = hook.inputs_digest(tree)
    (tree / "frontend/styles/app.scss").rename(tree / "frontend/styles/other.scss")
    assert hook.inputs_digest(tree) != before


def test_the_lock_names_no_registry_and_checks_what_it_gets() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert re.fullmatch(r"sha512-\S+", package["integrity"]), name


def test_every_icon_a_template_names_is_built() -> None:
    listed = set(json.loads((FRONTEND / "icons.json").read_text()))
    named = re.compile(r'\{% icon "([a-z0-9-]+)"')
    for template in (ROOT / "src/groundplan/web").rglob("*.html"):
        assert set(named.findall(template.read_text())) <= listed, template
