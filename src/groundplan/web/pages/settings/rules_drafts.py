"""A set of rules while it is edited: it travels in the form, nothing is kept before saving."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.services.rule_sets import RuleSet
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.ids import uid_in
from groundplan.measures.tiers import OPERATORS, Characteristic, Limits, check
from groundplan.measures.tiers.contracts import MOST_CHARACTERISTICS, Basis, Kind

from .rules_words import told

LISTS = ("in", "not_in", "owns_product", "owns_category")
PAIRS = ("between", "between_dates")
DAYS = ("in_last_days", "in_next_days")
NUMBERS = ("between", "at_least", "at_most", "over_growth", *DAYS)
PLAIN = ("is_true", "is_false", "is_known", "is_unknown")
PERCENT = ("growth",)
MOST_VALUES = 500
KindOf = Callable[[str], Kind | None]


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A rule as it is typed. `key` tells rows of the form apart; a removed one can come back."""

    key: int
    uid: UUID | None = None
    name: str = ""
    attribute: str = "industry"
    operator: str = "in"
    values: tuple[str, ...] = ()
    weight: str = "1"
    active: bool = True
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The rules in their order, how thresholds are given (follow, sums or shares), and the mark
    of the set that the editing began from."""

    rules: tuple[DraftRule, ...]
    by: str
    mode: str
    a: str
    b: str
    mark: str


def drafted(kept: RuleSet) -> Draft:
    """The set in force as a draft."""
    rules = tuple(
        DraftRule(
            key, row.uid, row.name, row.attribute, row.operator, _typed(row),
            told(row.weight), row.active,
        )
        for key, row in enumerate(kept.rules)
    )  # fmt: skip
    given = kept.a_from is not None or kept.b_from is not None
    mode = "sums" if given else "follow"
    return Draft(rules, kept.tier_by, mode, told(kept.a_from), told(kept.b_from), kept.mark)


def posted(sent: QueryDict, kind_of: KindOf) -> Draft:
    """The draft that a form sent, with the button of the editor that was pressed carried out."""
    keys = [int(key) for key in sent.getlist("row") if key.isdigit()][: MOST_CHARACTERISTICS + 1]
    rules = [_rule(sent, key, kind_of) for key in dict.fromkeys(keys)]
    mode = sent.get("mode", "follow")
    names = ("a_share", "ab_share") if mode == "shares" else ("a_from", "b_from")
    usual = ("20", "50") if mode == "shares" else ("", "")
    a, b = (sent.get(name, first).strip() for name, first in zip(names, usual, strict=True))
    by = "count" if sent.get("by") == "count" else "score"
    done = tuple(_done(rules, sent.get("do", "")))
    return Draft(done, by, mode, a, b, sent.get("mark", ""))


def rule_rows(draft: Draft) -> tuple[tuple[CharacteristicRow, ...], dict[int, str]]:
    """What of the draft makes sense, in order, and why the rest doesn't, by key."""
    rows: list[CharacteristicRow] = []
    wrong: dict[int, str] = {}
    for rule in draft.rules:
        if rule.removed:
            continue
        try:
            rows.append(_row(rule, len(rows)))
        except InvalidInput as error:
            wrong[rule.key] = error.message
    return tuple(rows), wrong


def limits_of(draft: Draft) -> Limits:
    """How the draft asks for its thresholds. Raises InvalidInput for what isn't a number."""
    by: Basis = "count" if draft.by == "count" else "score"
    if draft.mode == "follow":
        return Limits(by)
    a, b = (_number(text) if text else None for text in (draft.a, draft.b))
    if draft.mode == "shares":
        shares = [None if one is None else one / 100 for one in (a, b)]
        if any(one is not None and not 0 <= one <= 1 for one in shares):
            raise InvalidInput(_("A share is between 0 and 100 %."), field="a_from")
        return Limits(by, a_share=shares[0], ab_share=shares[1])
    if a is not None and b is not None and a < b:
        raise InvalidInput(_("A can't begin below B."), field="a_from")
    return Limits(by, a, b)


def operators_for(kind: Kind | None) -> tuple[str, ...]:
    return tuple(name for name, kinds in OPERATORS.items() if kind in kinds)


def _rule(sent: QueryDict, key: int, kind_of: KindOf) -> DraftRule:
    attribute = sent.get(f"attribute-{key}", "industry")
    operator, was = sent.get(f"operator-{key}", ""), sent.get(f"was-{key}", "")
    fitting = operators_for(kind_of(attribute))
    operator = operator if operator in fitting or not fitting else fitting[0]
    keeps = was == f"{attribute} {_shape(operator)}"
    values = tuple(sent.getlist(f"value-{key}")[:MOST_VALUES]) if keeps else ()
    return DraftRule(
        key=key,
        uid=uid_in(sent.get(f"uid-{key}", "")),
        name=sent.get(f"name-{key}", "").strip(),
        attribute=attribute,
        operator=operator,
        values=values,
        weight=sent.get(f"weight-{key}", "").strip(),
        active=f"active-{key}" in sent,
        removed=f"removed-{key}" in sent,
    )


def shape_mark(rule: DraftRule) -> str:
    """What the values of a row are for; values of another fact or shape don't carry over."""
    return f"{rule.attribute} {_shape(rule.operator)}"


def _shape(operator: str) -> str:
    if operator in ("in", "not_in"):
        return "list"
    if operator in PLAIN:
        return "none"
    if operator in ("at_least", "at_most", "over_growth"):
        return "number"
    if operator in DAYS:
        return "days"
    return "day" if operator in ("on_or_after", "on_or_before") else operator


def _done(rules: list[DraftRule], do: str) -> list[DraftRule]:
    verb, _colon, text = do.partition(":")
    place = next((i for i, rule in enumerate(rules) if str(rule.key) == text), None)
    free = max((rule.key for rule in rules), default=-1) + 1
    if verb == "add" and len(rules) <= MOST_CHARACTERISTICS:
        return [*rules, DraftRule(free)]
    if place is None:
        return rules
    rule = rules[place]
    if verb in ("remove", "restore"):
        rules[place] = replace(rule, removed=verb == "remove")
    elif verb == "copy":
        name = _("%(name)s (copy)") % {"name": rule.name}
        rules.insert(place + 1, replace(rule, key=free, uid=None, name=name))
    elif verb in ("up", "down"):
        to = max(place + (-1 if verb == "up" else 1), 0)
        rules.insert(to, rules.pop(place))
    return rules


def _row(rule: DraftRule, place: int) -> CharacteristicRow:
    if not rule.name:
        raise InvalidInput(_("Give it a name."), field="name")
    value, weight = _value(rule), _number(rule.weight)
    check(Characteristic(rule.name, rule.attribute, rule.operator, value, weight))
    return CharacteristicRow(
        rule.uid, rule.name, rule.attribute, rule.operator, value, weight, rule.active, place
    )


def _value(rule: DraftRule) -> object:
    given = [value.strip() for value in rule.values if value.strip()]
    if rule.operator in PLAIN:
        return None
    if not given or (rule.operator in PAIRS and len(given) != 2):
        raise InvalidInput(_("Choose or type what it is compared with."), field="value")
    if rule.operator in LISTS:
        return given
    if rule.operator in NUMBERS:
        scale = 100 if rule.attribute in PERCENT else 1
        numbers = [float(Decimal(repr(_number(one))) / scale) for one in given]
        return sorted(numbers) if rule.operator in PAIRS else numbers[0]
    return sorted(given) if rule.operator in PAIRS else given[0]


def _number(text: str) -> float:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= Decimal("1e18"):
        raise InvalidInput(_("That is not a number."), field="value")
    return float(number)


def _typed(row: CharacteristicRow) -> tuple[str, ...]:
    values = row.value if isinstance(row.value, list | tuple) else [row.value]
    if row.attribute in PERCENT:
        numbers = [Decimal(str(value)) * 100 for value in values if value is not None]
        return tuple(format(number.normalize(), "f") for number in numbers)
    return tuple(told(value) for value in values if value is not None)
