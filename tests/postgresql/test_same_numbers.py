"""The same files give the same numbers on PostgreSQL as on the embedded database."""

from pathlib import Path

import pytest
from tests.cli.conftest import Command, Home, command_in, write_order_lines

from .conftest import NewShop

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, new_shop: Home, new_server_shop: NewShop
) -> tuple[Command, Command]:
    """The command on SQLite and on PostgreSQL, the same order lines imported into each."""
    place = tmp_path_factory.mktemp("both")
    return command_in(new_shop(place / "embedded")), new_server_shop(place / "server")


@pytest.mark.parametrize(
    "words",
    [
        ("whitespace", "--top", "5", "--format", "json"),
        ("tiers", "--json"),
        ("performance", "--by", "quarter", "--all-years", "--json"),
        ("performance", "--by", "account", "--all-years", "--json"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_numbers_are_the_same(both: tuple[Command, Command], words: tuple[str, ...]) -> None:
    embedded, server = (run(*words) for run in both)
    assert server.code == 0, server.err
    assert server.json == embedded.json


def test_importing_again_changes_nothing_there_either(
    both: tuple[Command, Command], tmp_path: Path
) -> None:
    _, server = both
    before = server("performance", "--by", "account", "--all-years", "--json").json
    again = server(
        "import", write_order_lines(tmp_path / "again.csv"), "--source", "shop", "--json"
    )
    assert again.code == 0, again.err
    assert again.json["tables"]["purchases"]["accepted"] == 1500
    assert server("performance", "--by", "account", "--all-years", "--json").json == before
