"""What import-linter can't see: models, foreign keys, sizes and names."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "groundplan"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
LAYERS = [
    room.strip()
    for layer in reversed(next(one for one in CONTRACTS if one["id"] == "rooms")["layers"])
    for room in layer.split("|")
]
BANNED = {"utils", "helpers", "common", "misc", "data", "info", "process", "handle"}
PURE_FILES = {"rules", "contracts"}


def python_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def imports(path: Path) -> list[str]:
    """Absolute names that a file imports, also inside functions."""
    names = []
    package = ".".join(("groundplan", *path.relative_to(SOURCE).parts[:-1]))
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            module = f"{base}.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


def test_no_room_imports_another_rooms_models() -> None:
    strangers = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in python_files()
        for name in imports(path)
        if (match := re.match(r"groundplan\.(\w+)\.models\b", name))
        and match[1] != room(path)
        # The signed-in user's type is part of every request.
        and not name.endswith("people.models.User")
    ]
    assert strangers == []


def test_foreign_keys_point_downwards() -> None:
    upwards = []
    for config in apps.get_app_configs():
        if not config.name.startswith("groundplan."):
            continue
        for model in config.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey | OneToOneField):
                    target = field.related_model._meta.app_config.name.rpartition(".")[2]
                    if LAYERS.index(target) > LAYERS.index(config.label):
                        upwards.append(f"{model.__name__}.{field.name} -> {target}")
    assert upwards == []


def test_rules_and_contracts_run_without_django() -> None:
    impure = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in python_files()
        if room(path) not in ("web", "cli")
        and (path.stem in PURE_FILES or set(path.parts) & PURE_FILES)
        for name in imports(path)
        if name.split(".")[0] == "django"
        or re.match(r"groundplan\.\w+\.(models|selectors|services)", name)
    ]
    assert impure == []


def test_a_file_fits_in_the_head() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in python_files()
        if (lines := path.read_text().count("\n")) > 320
    }
    assert long == {}


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_names_say_what_they_mean(path: Path) -> None:
    names = {path.stem}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    banned = {
        name
        for name in names
        if name.lower() in BANNED or (name.endswith("Manager") and name != "Manager")
    }
    assert banned == set()


def test_the_project_names_no_registry_and_no_machine() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|/work/|/root/")
    looked_at = [*ROOT.glob("requirements/*.txt"), ROOT / "frontend" / "package-lock.json"]
    looked_at += [ROOT / "README.md", ROOT / "Makefile", ROOT / ".ci" / "run"]
    looked_at += [*ROOT.glob("docs/**/*.md"), *python_files()]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in looked_at
        if path.exists() and (match := hosts.search(path.read_text()))
    ]
    assert found == []
