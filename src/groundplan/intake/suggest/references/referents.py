"""What references point at: the keys and names of the files that feed other tables."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from groundplan.intake.suggest.headings.naming import named, words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import Extra
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

REFERENCES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "users": (("manager", "", "users"),),
    "accounts": (("parent_id", "", "accounts"), ("owner", "", "users")),
    "contacts": (("account_id", "account.name", "accounts"), ("reports_to_id", "", "contacts")),
    "purchases": (
        ("account_id", "account.name", "accounts"),
        ("product_id", "product.name", "products"),
    ),
    "opportunities": (
        ("account_id", "account.name", "accounts"),
        ("product_id", "product.name", "products"),
        ("owner", "", "users"),
    ),
    "interactions": (
        ("account_id", "account.name", "accounts"),
        ("contact_id", "", "contacts"),
        ("login", "", "users"),
    ),
    "competitor_positions": (
        ("account_id", "account.name", "accounts"),
        ("product_id", "product.name", "products"),
    ),
    "leads": (
        ("account_id", "", "accounts"),
        ("product_id", "", "products"),
        ("login", "", "users"),
    ),
    "quotas": (("login", "", "users"),),
}
"""Per table: the canonical reference, the part that holds a name instead, what it points at."""

_KEYED_ALIKE = 1.6
_CALLED_ALIKE = 1.95
_SURELY = 1.03
"""Above any heading: `item_id` is the line's number where `product_id` is the list's key."""
_NAMED = 1.09
"""Where orders tell both, an id is a list's key before a name."""
_KEY = frozenset(("id", "key", "code", "no", "nr", "number"))
_KEYS = {"accounts": "account_id", "products": "product_id", "users": "login",
         "contacts": "contact_id"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Referent:
    """Where the ids and the names of a table's rows stand: a relation and two of its columns.

    `name` is empty where names are computed.
    """

    relation: str
    key: str
    name: str
    file: str = ""

    @property
    def named_by_key(self) -> bool:
        return self.key == self.name


def referents(
    taken: Iterable[Candidate], evidence: Evidence, known: Mapping[str, str]
) -> dict[str, Referent]:
    """Per table what references can be compared with: this import's file, else what is known."""
    found = {table: Referent(relation, "id", "name") for table, relation in known.items()}
    for each in sorted(taken, key=lambda one: one.score):
        key, name = each.find(_KEYS.get(each.table, "")), each.find("name")
        column = key or name
        if each.table in _KEYS and column:
            relation = evidence.files[each.file].relation
            spelt = "" if each.find("last_name") else column[0].profile.column
            spelt = name[0].profile.column if name else spelt
            found[each.table] = Referent(relation, column[0].profile.column, spelt, each.file)
    return found


def keys_of(each: Candidate, evidence: Evidence) -> Extra:
    """The unique column of a file that columns of this import refer to is its key, whatever
    other columns are called: an account's number isn't its id where orders hold the id."""
    key = _KEYS.get(each.table)
    if key is None:
        return {}
    extra: Extra = {}
    links = [
        (profile, link)
        for file in evidence.profiles.values()
        for profile in file.values()
        if not profile.empty and (link := evidence.link(profile, each.file))
    ]
    only = _the_one_held(each, key, [link for _, link in links])
    for profile, link in links:
        if (
            link[0] == only
            or _is_key(each.table, key, link[0])
            or _leads(each.file, link, evidence)
        ):
            sure = 1.1 if _KEY & set(words(link[0])) else _NAMED
            extra[(key, link[0])] = (sure, f"{profile.file}:{profile.column} refers to it")
    return extra


def _the_one_held(each: Candidate, key: str, links: Collection[tuple[str, float]]) -> str:
    """What other files hold of a list under the very same heading, where none holds its key or its
    names: orders may tell a customer's number for taxes alone. '' for nothing."""
    own = {match.profile.column for part in (key, "name") if (match := each.parts.get(part))}
    held = {column for column, _ in links}
    surely = [link for link in links if link[1] > _CALLED_ALIKE and link[0] not in own]
    return max(surely, key=lambda one: one[1])[0] if surely and not own & held else ""


def _keys_it(table: str, link: tuple[str, float], target: Referent, evidence: Evidence) -> bool:
    column, key = link[0], _KEYS.get(table, "")
    return (
        column in (target.key, target.name)
        or _is_key(table, key, column)
        or _leads(target.file, link, evidence)
    )


def _is_key(table: str, key: str, heading: str) -> bool:
    return named(table, heading).get(key, 0) > 0.5


def _leads(file: str, link: tuple[str, float], evidence: Evidence) -> bool:
    """A file's first column that tells its rows apart, and that a column called alike refers to."""
    return link[1] >= 1.6 and evidence.profiles[file][link[0]].position == 0


def extra_of(
    each: Candidate, targets: Mapping[str, Referent], evidence: Evidence
) -> dict[tuple[str, str], tuple[float, str]]:
    """Columns whose values lie among a table's keys or names, whatever their headings say.

    Only texts count: whole numbers lie in each other by chance.
    """
    extra: Extra = {}
    for part, instead, table in REFERENCES.get(each.table, ()):
        target = targets.get(table)
        if target is None:
            continue
        for profile in evidence.profiles[each.file].values():
            if not _telling(profile, target, each.file):
                continue
            for wanted, key in ((part, target.key), (instead or part, target.name or target.key)):
                share = evidence.within(each.file, profile.column, target.relation, key)
                if share > 0.9:
                    why = f"its values are among those of {target.file or 'what is known'}"
                    extra.setdefault((wanted, profile.column), (0.7 + 0.2 * share, why))
        if target.file not in ("", each.file):
            extra |= _by_key(each, (part, table), target, evidence)
    return extra


def _by_key(each: Candidate, of: tuple[str, str], target: Referent, evidence: Evidence) -> Extra:
    """A column that is called as a list's key, or as the list, and holds its keys (TrackId); not
    one that holds something else that tells the list's rows apart, such as a number for taxes."""
    found: Extra = {}
    part, table = of
    for profile in evidence.profiles[each.file].values():
        link = None if profile.empty else evidence.link(profile, target.file)
        if link and link[1] >= _KEYED_ALIKE and _keys_it(table, link, target, evidence):
            sure = _SURELY if link[1] > _CALLED_ALIKE else 0.93
            found[(part, profile.column)] = (sure, f"it holds keys of {target.file}")
    return found


def _telling(profile: Profile, target: Referent, file: str) -> bool:
    if profile.share("letters") < 0.5 or profile.kinds < 2 or profile.share("dates") > 0.5:
        return False
    own = profile.file == target.file == file
    return not (own and (profile.unique or profile.column in (target.key, target.name)))


def by_name(
    each: Candidate, column: tuple[str, str], target: Referent | None, evidence: Evidence
) -> bool:
    """Does a reference's column (file, column) hold names and not ids?"""
    if target is None:
        return False
    if target.named_by_key:
        return True
    file, name = column
    if not target.name:
        return False
    ids = evidence.within(file, name, target.relation, target.key)
    return evidence.within(file, name, target.relation, target.name) > ids
