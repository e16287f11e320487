"""One word, one meaning: every public noun of the models stands in the glossary."""

import re
from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def nouns() -> list[str]:
    return sorted(
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
        for config in apps.get_app_configs()
        if config.name.startswith("groundplan.")
        for model in config.get_models()
    )


@pytest.mark.parametrize("noun", nouns())
def test_a_model_is_explained_in_the_glossary(noun: str) -> None:
    entries = {entry.lower() for entry in re.findall(r"^\*\*(.+?)\*\*", GLOSSARY.read_text(), re.M)}
    assert noun in entries


def test_glossary_entries_are_sorted_and_said_once() -> None:
    entries = [e.lower() for e in re.findall(r"^\*\*(.+?)\*\*", GLOSSARY.read_text(), re.M)]
    assert entries == sorted(set(entries))
