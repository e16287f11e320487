"""References that say two things of one row: `[P-7] Pump`, `Acme (4711)`, `Jo Black — Acme`; and
persons who are only told apart by the account that stands beside their name."""

from collections.abc import Iterator

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.sources import imports as sources

from .changing import change_rows
from .finding import Reference, find_unknown
from .known import exists, folded, insert_batches, load_contacts_at, load_names

_MOST = 20_000
_IN_FRONT = r"^[\[(]([^\])]+)[\])]\s*(.+)$"
_BEHIND = r"^(.+?)\s*[\[(<]([^\])>]+)[\])>]$"
_ADDRESS = "^(https?:|www[.]|mailto:)|@"
_BETWEEN = (" [-–—|/:·>] ", ", ", ": ")
_CODE = r"^([^ ]*[0-9][^ ]*) (.+)$"


def by_two_parts(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """By values of two parts that both mean one row: its key and its name, or a contact's name and
    its account's. Of what has brackets a key in them is enough, or a name behind square ones or
    before a link."""
    if not _cut(connection, reference):
        return
    _said(connection, reference)
    one = "SELECT p.v, x.target_id FROM parts p JOIN said x ON x.own AND x.said = p.{}"
    both = f"{one} JOIN said y ON y.target_id = x.target_id AND y.said = p.{{}}"
    found = f"{both.format('one', 'other')} UNION ALL {both.format('other', 'one')}"
    _take(connection, reference, found, "NULL")
    key, name = f"{one.format('code')} AND x.is_key", f"{one.format('rest')} AND NOT x.is_key"
    _take(connection, reference, f"{key} UNION ALL {name}", "k.name")
    connection.execute("DROP TABLE parts")
    connection.execute("DROP TABLE said")


def by_name_at_account(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Contacts by their name among those of the account that the row is about, where it tells one:
    several accounts may have an Alex Miller. Such rows then say both."""
    relation, account = f"rows_{reference.table}", f"ref_{reference.table}_account_id"
    if reference.kind != "contact" or not exists(connection, account):
        return
    at, ref = load_contacts_at(connection), reference.relation
    column = quoted(reference.column)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE met AS SELECT t.rowid AS row, t.{column} AS was,"
        f" t.{column} || ' · ' || t.account_id AS v, min(c.contact_id) AS target_id"
        f" FROM {relation} t JOIN {ref} r ON r.v = t.{column} AND r.target_id IS NULL"
        f" AND NOT r.apart JOIN {account} a ON a.v = t.account_id"
        f" JOIN {at} c ON c.account_id = a.target_id AND {folded('c.name')} = {folded('r.key')}"
        f" WHERE t._fault IS NULL GROUP BY ALL HAVING min(c.contact_id) = max(c.contact_id)"
    )
    found = connection.execute("SELECT count(*) FROM met").fetchone()
    if found and found[0]:
        change_rows(
            connection,
            relation,
            {reference.column: "o.v"},
            other="FROM met",
            on="o.row = t.rowid",
            rows=found[0],
        )
        connection.execute(
            f"INSERT INTO {ref} SELECT v, v, count(*), target_id, NULL, false FROM met"
            f" GROUP BY v, target_id ORDER BY min(row)"
        )
        connection.execute(
            f"UPDATE {ref} AS r SET n = r.n - m.n FROM (SELECT was, count(*) AS n FROM met"
            f" GROUP BY was) m WHERE m.was = r.v"
        )
        connection.execute(f"DELETE FROM {ref} WHERE n = 0")
    connection.execute("DROP TABLE met")


def _take(
    connection: duckdb.DuckDBPyConnection, reference: Reference, found: str, means: str
) -> None:
    """Takes what the SELECT `found` (v, target_id) tells of values that lead to one row each."""
    names = f"SELECT target_id, min(name) AS name FROM names_{reference.kind} GROUP BY 1"
    known = (
        f"SELECT f.v, f.target_id, n.name FROM (SELECT v, min(target_id) AS target_id FROM"
        f" ({found}) GROUP BY v HAVING min(target_id) = max(target_id)) f"
        f" LEFT JOIN ({names}) n USING (target_id)"
    )
    find_unknown(connection, reference, known, "k.v = r.v AND NOT r.apart", means)


def _cut(connection: duckdb.DuckDBPyConnection, reference: Reference) -> bool:
    """Makes `parts` of the unknown values, cut in every way they can be: `v`, `one` and `other`,
    folded; `code` and `rest` are those that brackets tell apart, `told` is `one` as it stands."""
    unknown = f"SELECT v, key FROM {reference.relation} WHERE target_id IS NULL LIMIT {_MOST}"
    cuts = " UNION ".join(
        f"SELECT v, {one} AS a, {other} AS b, {code} AS code, {rest} AS rest FROM ({unknown})"
        for one, other, code, rest in _cuts()
    )
    parts = ", ".join(
        f"{folded(part)} AS {name}"
        for part, name in (("a", "one"), ("b", "other"), ("code", "code"), ("rest", "rest"))
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE parts AS SELECT v, a AS told, {parts} FROM ({cuts})"
        f" WHERE a <> '' AND b <> ''"
    )
    if connection.execute("SELECT 1 FROM parts LIMIT 1").fetchone():
        return True
    connection.execute("DROP TABLE parts")
    return False


def _cuts() -> Iterator[tuple[str, str, str, str]]:
    """SQL of the two parts, and of the key and the name among them where brackets tell."""

    def group(shape: str, number: int) -> str:
        return f"regexp_extract(key, {literal(shape)}, {number})"

    one, other = group(_IN_FRONT, 1), group(_IN_FRONT, 2)
    yield one, other, one, f"CASE WHEN starts_with(key, '[') THEN {other} END"
    one, other = group(_BEHIND, 2), group(_BEHIND, 1)
    address = f"CASE WHEN regexp_matches({one}, {literal(_ADDRESS)}) THEN {other} END"
    yield one, other, one, address
    yield group(_CODE, 1), group(_CODE, 2), "NULL", "NULL"
    for mark in _BETWEEN:
        for first in ("^(.+?)", "^(.+)"):
            shape = f"{first}{mark}(.+)$"
            yield group(shape, 1), group(shape, 2), "NULL", "NULL"


def _said(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Makes `said`: what rows (`target_id`) are called, folded. `own` is their key (`is_key`) or
    name; else it is their account's name, or that of an account's contact."""
    kind = reference.kind
    connection.execute("CREATE OR REPLACE TEMP TABLE keyed (key VARCHAR, target_id BIGINT)")
    told = connection.execute(f"SELECT DISTINCT told FROM parts LIMIT {_MOST}").fetchall()
    stored = sources.keys_stored(kind=kind, keys=[row[0] for row in told])  # type: ignore[arg-type]
    names = ["id", "key", "target", "source"]
    insert_batches(connection, "keyed", names, stored, "key, CAST(target AS BIGINT)")
    own = (
        f"SELECT key AS said, target_id, TRUE AS own, TRUE AS is_key FROM keyed"
        f" UNION SELECT key, target_id, TRUE, TRUE FROM known_{kind}"
        f" UNION SELECT name, target_id, TRUE, FALSE FROM {load_names(connection, kind)}"
    )
    beside = ""
    if kind == "contact":
        beside = (
            f" UNION SELECT n.name, c.contact_id, FALSE, FALSE FROM {load_contacts_at(connection)}"
            f" c JOIN {load_names(connection, 'account')} n ON n.target_id = c.account_id"
        )
    if kind == "account":
        at = load_contacts_at(connection)
        beside = f" UNION SELECT name, account_id, FALSE, FALSE FROM {at}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE said AS SELECT {folded('said')} AS said, target_id, own,"
        f" is_key FROM ({own}{beside}) WHERE said <> ''"
    )
    connection.execute("DROP TABLE keyed")
