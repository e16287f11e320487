"""What has to hold after every fault, read from the files themselves, past the program."""

import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from .facts import Totals

TABLES = {
    "account": "book_account",
    "contact": "book_contact",
    "product": "book_product",
    "opportunity": "book_opportunity",
}


def orders_held(home: "Home") -> dict[str, int]:
    """Of layers that replace orders, the amount of each as the latest layer with it has it."""
    held: dict[str, int] = {}
    for (folder,) in home.rows("SELECT folder FROM intake_purchaselayer ORDER BY id"):
        lines = _asked(f"SELECT order_id, amount::BIGINT FROM '{home.folder / folder}/*.parquet'")
        held |= dict(lines)
    return held


class Home:
    """An installation's folder while nobody works in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, query: str, *values: object) -> list[Any]:
        path = self.folder / "groundplan.sqlite3"
        with closing(sqlite3.connect(path, timeout=30)) as database:
            database.execute("PRAGMA query_only = 1")
            return database.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        [(value,)] = self.rows(query, *values)
        return value

    def totals(self) -> Totals:
        """What is there now: by the last layer for purchases, which a complete import replaces."""
        names = self.rows("SELECT DISTINCT substr(name, instr(name, ' v')) FROM book_account")
        titles = self.rows("SELECT DISTINCT title FROM book_contact")
        versions = {int(re.sub(r"\D", "", text)) for (text,) in (*names, *titles)}
        layers = self.rows("SELECT folder, rows FROM intake_purchaselayer ORDER BY id DESC LIMIT 1")
        amount = 0
        if layers:
            [(amount,)] = _asked(
                f"SELECT sum(amount)::BIGINT FROM '{self.folder / layers[0][0]}/*.parquet'"
            )
        return Totals(
            versions=tuple(sorted(versions)),
            accounts=self.one("SELECT count(*) FROM book_account"),
            employees=self.one("SELECT coalesce(sum(employees), 0) FROM book_account"),
            contacts=self.one("SELECT count(*) FROM book_contact"),
            deals=int(self.one("SELECT coalesce(sum(amount), 0) FROM book_opportunity")),
            keys=self.one("SELECT count(*) FROM sources_sourcekey"),
            purchases=layers[0][1] if layers else 0,
            amount=amount,
        )

    def shown(self) -> Totals | None:
        """What the snapshot says that everybody sees, of accounts and purchases."""
        found = self.rows(
            "SELECT s.folder FROM snapshots_current c JOIN snapshots_snapshot s"
            " ON s.id = c.snapshot_id"
        )
        if not found:
            return None
        folder = self.folder / found[0][0]
        [(accounts, employees)] = _asked(
            f"SELECT count(*), sum(employees)::BIGINT FROM '{folder}/accounts.parquet'"
        )
        [(purchases, amount)] = _asked(
            f"SELECT count(*), sum(amount)::BIGINT FROM '{folder}/purchases/*.parquet'"
        )
        return Totals((), accounts, employees, 0, 0, 0, purchases, amount)

    def faults(self) -> list[str]:
        """Everything that should not be; empty where all is well."""
        looks = (
            self._database,
            self._indexes,
            self._runs,
            self._keys,
            self._layers,
            self._snapshots,
            self._results,
            self._leftovers,
        )
        return [fault for look in looks for fault in look()]

    def _database(self) -> Iterator[str]:
        with closing(sqlite3.connect(self.folder / "groundplan.sqlite3", timeout=30)) as database:
            answer = database.execute("PRAGMA integrity_check").fetchall()
            if answer != [("ok",)]:
                yield f"database: {answer}"
            if broken := database.execute("PRAGMA foreign_key_check").fetchall():
                yield f"foreign keys: {broken[:3]}"
            try:
                database.execute(
                    "INSERT INTO book_account_search(book_account_search, rank)"
                    " VALUES ('integrity-check', 1)"
                )
            except sqlite3.DatabaseError as error:
                yield f"search index: {error}"
            database.rollback()
        triggers = "name LIKE 'book_account_search_%' AND type = 'trigger'"
        if self.one(f"SELECT count(*) FROM sqlite_master WHERE {triggers}") != 3:
            yield "search triggers are gone"

    def _indexes(self) -> Iterator[str]:
        """Every index has as many entries as its table has rows."""
        indexes = self.rows(
            "SELECT t.name, i.name FROM sqlite_master t JOIN pragma_index_list(t.name) i"
            " WHERE t.type = 'table' AND NOT i.partial"
        )
        for table, index, rows, entries in self.rows(
            " UNION ALL ".join(
                f"SELECT '{table}', '{index}', (SELECT count(*) FROM \"{table}\" NOT INDEXED),"
                f' (SELECT count(*) FROM "{table}" INDEXED BY "{index}")'
                for table, index in indexes
            )
        ):
            if rows != entries:
                yield f"{table} has {rows} rows, {index} {entries} entries"

    def _runs(self) -> Iterator[str]:
        if self.one("SELECT count(*) FROM sources_importrun WHERE state = 'running'"):
            yield "an import is still called running"
        if self.one("SELECT count(*) FROM organisation_job WHERE state = 'running'"):
            yield "a job is still called running"
        done = self.one("SELECT count(*) FROM sources_importrun WHERE state = 'done'")
        layers = self.one("SELECT coalesce(sum(folded), 0) FROM intake_purchaselayer")
        told = self.one("SELECT count(*) FROM organisation_auditentry WHERE action='import.taken'")
        if not done == layers == told:
            yield f"{done} imports are done, {layers} left a layer, {told} are in the log"
        for (path,) in self.rows("SELECT rejects_path FROM sources_importrun"):
            if path and not (self.folder / path).is_file():
                yield f"{path} is named and missing"

    def _keys(self) -> Iterator[str]:
        for kind, table in TABLES.items():
            loose = self.one(
                f"SELECT count(*) FROM sources_sourcekey WHERE kind = ?"
                f" AND target_id NOT IN (SELECT id FROM {table})",
                kind,
            )
            bare = self.one(
                f"SELECT count(*) FROM {table} WHERE id NOT IN"
                " (SELECT target_id FROM sources_sourcekey WHERE kind = ?)",
                kind,
            )
            if loose or bare:
                yield f"{kind}: {loose} keys without a row, {bare} rows without a key"

    def _layers(self) -> Iterator[str]:
        rows = self.rows("SELECT folder, manifest FROM intake_purchaselayer")
        yield from self._folders("layers", {folder for folder, _ in rows})
        for folder, manifest in rows[-2:]:
            yield from self._files(folder, json.loads(manifest)["files"])

    def _snapshots(self) -> Iterator[str]:
        rows = self.rows("SELECT folder, manifest_sha256 FROM snapshots_snapshot ORDER BY id")
        yield from self._folders("snapshots", {folder for folder, _ in rows})
        for folder, expected in rows[-2:]:
            manifest = (self.folder / folder / "manifest.json").read_bytes()
            if hashlib.sha256(manifest).hexdigest() != expected:
                yield f"{folder}: not the manifest that its row names"
            yield from self._files(folder, json.loads(manifest)["files"])

    def _results(self) -> Iterator[str]:
        runs = self.rows("SELECT folder FROM insight_analysisrun")
        yield from self._folders("results", {folder for (folder,) in runs})
        shown = self.rows(
            "SELECT r.id, r.folder, r.finished_at, r.snapshot_id = c.snapshot_id, s.folder"
            " FROM snapshots_current c JOIN snapshots_snapshot s ON s.id = c.snapshot_id"
            " LEFT JOIN insight_analysisrun r ON r.uid = c.results_uid"
        )
        for run, folder, finished, agrees, snapshot in shown:
            if not finished or not agrees:
                yield "the pointer's results are not those of its snapshot"
                continue
            counts = {
                self.one("SELECT count(*) FROM insight_accountresult WHERE run_id = ?", run),
                self._count(f"{folder}/tiers.parquet"),
                self._count(f"{folder}/account_segments.parquet"),
                self._count(f"{snapshot}/accounts.parquet"),
            }
            if len(counts) > 2:
                yield f"results and snapshot differ in accounts: {counts}"
        others = "SELECT count(DISTINCT run_id) FROM insight_accountresult"
        if self.one(others) > len(shown):
            yield "rows of an analysis that nobody sees"

    def _leftovers(self) -> Iterator[str]:
        found = Counter(path.name for path in self.folder.rglob("*.partial"))
        found += Counter(f"scratch/{path.name}" for path in self.folder.glob("scratch/*"))
        found += Counter(f"leases/{path.name}" for path in self.folder.glob("leases/*"))
        named = self.rows("SELECT folder FROM intake_upload")
        yield from self._folders("uploads", {folder for (folder,) in named})
        done = self.rows("SELECT uid FROM sources_importrun WHERE state = 'done'")
        there = {f"journals/{path.name}" for path in self.folder.glob("journals/*")}
        if unknown := there - {f"journals/{UUID(uid)}" for (uid,) in done}:
            yield f"journals of no import: {sorted(unknown)[:3]}"
        kept = self.rows("SELECT rejects_path FROM sources_importrun WHERE rejects_path <> ''")
        yield from self._folders("imports", {path.rpartition("/")[0] for (path,) in kept})
        if found:
            yield f"left behind: {sorted(found)[:5]}"

    def _folders(self, place: str, named: set[str]) -> Iterator[str]:
        there = {f"{place}/{path.name}" for path in self.folder.glob(f"{place}/*") if path.is_dir()}
        if orphans := there - named:
            yield f"{place}: nobody names {sorted(orphans)[:3]}"
        if missing := named - there:
            yield f"{place}: {sorted(missing)[:3]} are named and missing"

    def _files(self, folder: str, files: list[dict[str, Any]]) -> Iterator[str]:
        for file in files:
            path = self.folder / folder / file["path"]
            if hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                yield f"{folder}/{file['path']} is not what its manifest says"

    def _count(self, pattern: str, what: str = "*") -> int:
        [(count,)] = _asked(f"SELECT count({what}) FROM '{self.folder / pattern}'")
        return int(count)


def _asked(query: str) -> list[Any]:
    with closing(duckdb.connect()) as connection:
        return connection.execute(query).fetchall()
