"""How one column's values relate to another's: which decides which, and whose keys they are."""

from collections.abc import Iterable, Sequence

import duckdb

from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.headings.naming import one_thing, singular, squeezed, words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.values.profiles import Profile, profiles_of

_SAMPLE = 20_000
_MARKS = (";", "|", "\n", ",")
_MOST_ALONE = 0.6
_MOST_LISTED = 12
_TELLING, _LONG, _APART = 8, 1_000_000, 5
_DOCUMENTS = frozenset(("invoice", "order", "receipt", "bill", "memo", "quote", "shipment"))
_SAID_OF_DOCUMENTS = frozenset(("document", "doc", "voucher"))
"""What lines call the documents that a list of invoices, orders or the like has a row of each."""
_KEY_WORDS = frozenset(("id", "key", "code", "nr", "no", "number", "index"))
_GENERIC = frozenset((*_KEY_WORDS, "recordid", "entityid", "name"))


class Evidence:
    """The staged files with the profiles of their columns; containment is asked once a pair."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile]) -> None:
        self.connection = connection
        self.files = {file.name: file for file in files}
        self.profiles = {file.name: profiles_of(connection, file) for file in files}
        self._within: dict[tuple[str, str, str, str], float] = {}
        self._samples: dict[tuple[str, str], frozenset[str]] = {}

    def set_aside(self, files: Iterable[str]) -> None:
        """Files that say nothing of the others."""
        for file in files:
            del self.files[file], self.profiles[file]

    def within(self, file: str, column: str, relation: str, key: str) -> float:
        """The share of a column's distinct values (of its first 20,000 rows) found in a key."""
        asked = (file, column, relation, key)
        own, keys = self._sample(file, column), self._keys(relation, key)
        if keys is not None and asked not in self._within:
            self._within[asked] = len(own & keys) / len(own) if own else 0.0
        if asked not in self._within:
            mine, theirs = quoted(column), quoted(key)
            row = self.connection.execute(
                f"SELECT count(*) FILTER (v IN (SELECT {theirs} FROM {quoted(relation)})), count(*)"
                f" FROM (SELECT DISTINCT {mine} AS v FROM (SELECT {mine} FROM"
                f" {quoted(self.files[file].relation)} LIMIT {_SAMPLE}) WHERE {mine} IS NOT NULL)"
            ).fetchone()
            found, every = row or (0, 0)
            self._within[asked] = found / every if every else 0.0
        return self._within[asked]

    def among(self, profile: Profile, other: Profile) -> float:
        """The share of a column's distinct values that stand in another."""
        relation = self.files[other.file].relation
        return self.within(profile.file, profile.column, relation, other.column)

    def _sample(self, file: str, column: str) -> frozenset[str]:
        """The distinct values of a column in the file's first rows."""
        asked = (file, column)
        if asked not in self._samples:
            relation = quoted(self.files[file].relation)
            rows = self.connection.execute(
                f"SELECT DISTINCT v FROM (SELECT {quoted(column)} AS v FROM {relation}"
                f" LIMIT {_SAMPLE}) WHERE v IS NOT NULL"
            ).fetchall()
            self._samples[asked] = frozenset(row[0] for row in rows)
        return self._samples[asked]

    def _keys(self, relation: str, key: str) -> frozenset[str] | None:
        """The values of a key of a small file; None where they are better left in the database."""
        file = next((each for each in self.files.values() if each.relation == relation), None)
        return self._sample(file.name, key) if file and file.rows <= _SAMPLE else None

    def distinct(self, file: str, columns: Sequence[str]) -> float:
        """The share of a file's rows that the columns together tell apart."""
        keys = ", ".join(quoted(column) for column in columns)
        row = self.connection.execute(
            f"SELECT count(DISTINCT ({keys})) / greatest(count(*), 1)"
            f" FROM {quoted(self.files[file].relation)} WHERE {quoted(columns[0])} IS NOT NULL"
            f" AND {quoted(columns[-1])} IS NOT NULL"
        ).fetchone()
        return float(row[0]) if row else 0.0

    def apart(self, file: str, columns: Sequence[str]) -> float:
        """The same of the rows that fill the first, where others' empty cells tell as well."""
        keys = ", ".join(quoted(column) for column in columns)
        row = self.connection.execute(
            f"SELECT count(DISTINCT ({keys}, 0)) / greatest(count(*), 1)"
            f" FROM {quoted(self.files[file].relation)} WHERE {quoted(columns[0])} IS NOT NULL"
        ).fetchone()
        return float(row[0]) if row else 0.0

    def decides(self, file: str, one: str, other: str) -> float:
        """The share of rows, among those that share their value of `one` with others, whose
        value of `other` is shared as well: 1 where `one` tells `other`, 0 without such rows."""
        row = self.connection.execute(
            f"SELECT sum(n) FILTER (d <= 1) / sum(n) FROM (SELECT count(*) AS n,"
            f" count(DISTINCT {quoted(other)}) AS d FROM (SELECT {quoted(one)}, {quoted(other)}"
            f" FROM {quoted(self.files[file].relation)} LIMIT {_SAMPLE})"
            f" WHERE {quoted(one)} IS NOT NULL GROUP BY {quoted(one)} HAVING count(*) > 1)"
        ).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0

    def shared(self, file: str, keys: Sequence[str], other: str) -> tuple[int, float]:
        """How many combinations of `keys` several rows share, and the share of those rows whose
        value of `other` is the same as well; 0 and 1.0 without such rows."""
        told = ", ".join(map(quoted, keys))
        row = self.connection.execute(
            f"SELECT count(*), sum(n) FILTER (d <= 1) / sum(n) FROM (SELECT count(*) AS n,"
            f" count(DISTINCT {quoted(other)}) AS d FROM (SELECT {told}, {quoted(other)} FROM"
            f" {quoted(self.files[file].relation)} LIMIT {_SAMPLE}) WHERE {quoted(keys[0])}"
            f" IS NOT NULL GROUP BY {told} HAVING count(*) > 1)"
        ).fetchone()
        several, same = row or (0, None)
        return int(several), 1.0 if not several else float(same or 0.0)

    def holds(self, file: str, one: str, other: str) -> float:
        """The share of rows, among those that fill both, whose text of `one` has that of `other`
        in it; 1 without such rows."""
        mine, theirs = quoted(one), quoted(other)
        row = self.connection.execute(
            f"SELECT avg(CAST(contains({mine}, {theirs}) AS INTEGER)) FROM (SELECT {mine},"
            f" {theirs} FROM {quoted(self.files[file].relation)} LIMIT {_SAMPLE})"
        ).fetchone()
        return float(row[0]) if row and row[0] is not None else 1.0

    def as_many(self, file: str, one: str, other: str, mark: str) -> float:
        """The share of rows, among those that fill both, whose cells list equally many texts."""
        mine, theirs = (f"len(string_split({quoted(name)}, '{mark}'))" for name in (one, other))
        row = self.connection.execute(
            f"SELECT avg(CAST({mine} = {theirs} AS INTEGER)) FROM"
            f" {quoted(self.files[file].relation)}"
        ).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0

    def values(self, file: str, column: str, most: int = 60) -> list[str]:
        """The distinct values of a column, the most frequent first."""
        name = quoted(column)
        return [
            value
            for (value,) in self.connection.execute(
                f"SELECT {name} FROM {quoted(self.files[file].relation)} WHERE {name} IS NOT NULL"
                f" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {most}"
            ).fetchall()
        ]

    def together(self, file: str, one: str, other: str) -> list[tuple[str, str, int]]:
        """What two columns of few values say in the same rows, and in how many."""
        columns = f"{quoted(one)}, {quoted(other)}"
        return self.connection.execute(
            f"SELECT {columns}, count(*) FROM {quoted(self.files[file].relation)} WHERE"
            f" {quoted(one)} IS NOT NULL AND {quoted(other)} IS NOT NULL GROUP BY ALL LIMIT 1000"
        ).fetchall()

    def pairs(self, file: str, key: str, name: str) -> dict[str, str]:
        """The names of a short list by their keys."""
        return dict(
            self.connection.execute(
                f"SELECT {quoted(key)}, {quoted(name)} FROM {quoted(self.files[file].relation)}"
                f" WHERE {quoted(key)} IS NOT NULL AND {quoted(name)} IS NOT NULL LIMIT 1000"
            ).fetchall()
        )

    def separator(self, profile: Profile) -> str:
        """What stands between the several keys or names that some cells hold; '' for none.

        A `;` between keys says so itself; between names a mark does if most of the names that
        it parts stand alone in other cells: `Screws, galvanised` is one name.
        """
        if profile.share("blanks") <= 0.1 and self._holds(profile, "^[^; ]+; ?[^; ]+"):
            return ";"
        if profile.share("letters") < 0.5 or profile.unique:
            return ""
        return next((mark for mark in _MARKS if self._alone(profile, mark) >= _MOST_ALONE), "")

    def most_parts(self, profile: Profile, mark: str) -> int:
        """How many texts a column's cells list at most; more than a dozen are no list."""
        cell = f"string_split({quoted(profile.column)}, '{mark}')"
        row = self.connection.execute(
            f"SELECT max(len({cell})) FROM {quoted(self.files[profile.file].relation)}"
        ).fetchone()
        return min(int(row[0]), _MOST_LISTED) if row and row[0] else 1

    def _holds(self, profile: Profile, pattern: str) -> bool:
        row = self.connection.execute(
            f"SELECT count(*) FROM {quoted(self.files[profile.file].relation)}"
            f" WHERE regexp_matches({quoted(profile.column)}, '{pattern}')"
        ).fetchone()
        return bool(row and row[0])

    def _alone(self, profile: Profile, mark: str) -> float:
        """The share of the texts that a mark parts, in cells of several, that are cells too."""
        name, relation = quoted(profile.column), quoted(self.files[profile.file].relation)
        values = f"SELECT DISTINCT {name} AS v FROM {relation} WHERE {name} IS NOT NULL"
        row = self.connection.execute(
            f"WITH told AS ({values} LIMIT {_SAMPLE}), parts AS (SELECT DISTINCT"
            f" trim(unnest(string_split(v, '{mark}'))) AS part FROM told"
            f" WHERE contains(v, '{mark}'))"
            f" SELECT count(*) FILTER (part IN (SELECT v FROM told)) / nullif(count(*), 0)"
            f" FROM parts WHERE part <> ''"
        ).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0

    def link(self, profile: Profile, other: str) -> tuple[str, float] | None:
        """The unique column of the file `other` that a column's values are keys of.

        Whole numbers lie in each other by chance, so there the headings must agree too.
        """
        best: tuple[str, float] | None = None
        for key in self.profiles[other].values():
            if not key.unique or (key.file, key.column) == (profile.file, profile.column):
                continue
            alike = self._alike(profile, key)
            if alike == 0 or (alike < 0.5 and profile.kinds < 3 and profile.length < 5):
                continue
            share = self.within(
                profile.file, profile.column, self.files[other].relation, key.column
            )
            if share > 0.9 and (best is None or share + alike > best[1]):
                best = (key.column, share + alike)
        return best

    def _alike(self, profile: Profile, key: Profile) -> float:
        """How well two headings agree that they are one key: 0 where values must not decide."""
        if squeezed(profile.heading) == squeezed(key.heading):
            return 1.0
        if _plays_a_role(profile.heading, key.heading):
            return 0.8
        own = set(words(profile.heading))
        subject = set(map(singular, words(subject_of(key.file))))
        subject |= _SAID_OF_DOCUMENTS if subject & _DOCUMENTS else set()
        if squeezed(key.heading) in _GENERIC and own & subject:
            return 0.9
        if own & subject and set(words(key.heading)) & own:
            return 0.7
        leads = own & _KEY_WORDS and own & subject
        if key.position == 0 and (leads or one_thing(profile.heading, key.heading)):
            return 0.7
        return _by_values(profile, key)


def _plays_a_role(heading: str, key: str) -> bool:
    """`SalespersonPersonID` is a `PersonID` in a role."""
    own, told = words(heading), words(key)
    return 1 < len(told) < len(own) and own[-len(told) :] == told and told[-1] in _KEY_WORDS


def _by_values(profile: Profile, key: Profile) -> float:
    """How well two columns may be one key although their headings have nothing in common."""
    if _no_chance(profile, key):
        return 0.7
    return 0.3 if _may_refer(profile, key) else 0.0


def _no_chance(profile: Profile, key: Profile) -> bool:
    """Whole numbers of many digits that lie far apart are not in each other by chance, whatever
    headings say; those that are numbered on end from a round number may be."""
    if profile.kinds < _TELLING or profile.share("dates") > 0.5:
        return False
    if key.position > 2 or key.lowest is None or profile.lowest is None:
        return False
    wholes = min(profile.share("wholes"), key.share("wholes")) > 0.99
    long = min(key.lowest, profile.lowest) >= _LONG
    return wholes and long and (key.highest or 0) - key.lowest > _APART * key.kinds


def _may_refer(profile: Profile, key: Profile) -> bool:
    """Texts that fit into a key at a file's beginning: worth comparing value by value."""
    return (
        key.position < 3
        and profile.share("letters") > 0.5 > profile.share("dates")
        and profile.longest <= key.longest < 120
        and profile.kinds <= max(key.kinds, _SAMPLE // 2)
    )
