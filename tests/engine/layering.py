"""Layers of purchases as imports would leave them."""

from datetime import date
from pathlib import Path

from tests.duck import empty_duckdb

from groundplan.engine.folding import Fold
from groundplan.engine.layers import COLUMNS, write_layer
from groundplan.engine.purchases import Layer, Replaces, effective_sql, standing

Line = tuple[int, date, int, str]


class Imports:
    """Layers made from (account, day, amount, order id), in the order of their import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = empty_duckdb()
        self.layers: list[Layer] = []

    def add(self, replaces: Replaces, *lines: Line, source: int = 1) -> None:
        self.connection.execute(
            "CREATE OR REPLACE TABLE lines (account_id BIGINT, date DATE, amount DECIMAL(18,4), "
            "order_id VARCHAR)"
        )
        self.connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", lines)
        given = {"account_id", "date", "amount", "order_id"}
        others = ", ".join(f"NULL AS {name}" for name in COLUMNS if name not in given)
        folder = self._folder()
        manifest = write_layer(self.connection, f"SELECT *, {others} FROM lines", folder)
        assert manifest.first_on is not None
        assert manifest.last_on is not None
        self.layers.append(
            Layer(folder, source, replaces, manifest.first_on, manifest.last_on, manifest)
        )

    def amounts(self, redirects: dict[int, int] | None = None) -> list[tuple[int, int]]:
        kept = effective_sql(standing(self.layers), redirects or {})
        rows = self.connection.execute(
            f"SELECT account_id, CAST(amount AS INTEGER) FROM ({kept}) ORDER BY ALL"
        )
        return rows.fetchall()

    def fold(self, fold: Fold) -> None:
        """Put one layer in the place of those of the fold."""
        folder = self._folder()
        manifest = write_layer(self.connection, effective_sql(fold.layers, {}), folder)
        days = fold.first_on, fold.last_on
        one = Layer(folder, fold.layers[0].source_id, fold.replaces, *days, manifest)
        at = self.layers.index(fold.layers[0])
        self.layers[at : at + len(fold.layers)] = [one]

    def _folder(self) -> Path:
        return self.folder / str(len(list(self.folder.iterdir())))
