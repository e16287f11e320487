"""How columns of numbers are calculated from each other: price times quantity is a line's
amount."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.headings.naming import meanings, named, words
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_SAMPLE = 500
_FEWEST = 12
_MOST_WRONG = 0.05
_MOST_COLUMNS = 14
_CENT = 0.0151
_LOWEST_TAX, _HIGHEST_TAX = 0.005, 0.5
_NUMBERED, _SURELY = 0.02, 0.8
_KEYS = frozenset(("id", "key", "code", "nr", "number"))
_INCLUDED = frozenset(("incl", "inc", "including", "included", "gross", "brutto"))
_BESIDE_TAX = _INCLUDED | {"excl", "exc", "ex", "excluding", "before", "after", "without", "net"}
_PERCENT = frozenset(("percent", "percentage", "pct"))
_SAID_DISCOUNT = frozenset(("discount", "discounts", "rebate", "allowance"))

Test = Callable[[float, float, float], bool]


class Numbers(dict[str, list[float | None]]):
    """The numbers of a file's columns by their headings; how large each is, is asked often."""

    def __init__(self, columns: Mapping[str, list[float | None]]) -> None:
        super().__init__(columns)
        self._sizes: dict[str, float] = {}

    def size(self, name: str) -> float:
        if name not in self._sizes:
            self._sizes[name] = sum(abs(number) for number in self[name] if number is not None)
        return self._sizes[name]


@dataclass(frozen=True, slots=True)
class Sums:
    """The columns of an order's line whose values say what they are; '' where none does.

    `net` is the line's amount without tax and after the discount.
    """

    net: str = ""
    quantity: str = ""
    unit_price: str = ""
    discount: str = ""


def sums_of(file: str, evidence: Evidence, without: Collection[str] = ()) -> Sums:
    """The identities that hold in nearly all rows of a file, tried over its columns of numbers but
    those that are `without`."""
    profiles = evidence.profiles[file]
    columns = [
        p.column
        for p in profiles.values()
        if p.share("numbers") > 0.95 and p.kinds > 1 and (p.filled > 0.6 or _reduces(p.column))
        if p.share("dates") < 0.5 and not (p.unique and p.share("wholes") > 0.99)
        if not _is_key(p)
    ][:_MOST_COLUMNS]
    columns = [column for column in columns if column not in without]
    if len(columns) < 3:
        return Sums()
    numbers = _read(file, columns, evidence)
    untaxed = next(_untaxed(numbers), "")
    made = _products(numbers, lambda name: profiles[name].share("wholes"))
    found = [_discounted(numbers, sums, untaxed) for sums in made]
    sized = sorted(
        found,
        key=lambda s: (s.net != untaxed, _is_cost(s.unit_price, s.net), numbers.size(s.net)),
    )
    return sized[0] if sized else Sums(untaxed or next(_told_discount(numbers), ""))


def _is_key(profile: Profile) -> bool:
    """Whole numbers of things, which lie closer to each other than sums do: 460000012, 460000847;
    or that their heading ends by calling ids."""
    if profile.share("wholes") < 0.99 or not profile.highest:
        return False
    spread = profile.highest - (profile.lowest or 0.0)
    numbered = profile.kinds > _FEWEST and spread < _NUMBERED * profile.highest
    told = words(profile.heading)
    return numbered or (len(told) > 1 and told[-1] in _KEYS)


def _read(file: str, columns: list[str], evidence: Evidence) -> Numbers:
    profiles = evidence.profiles[file]
    cells = ", ".join(
        f"CAST({number_sql(quoted(name), profiles[name].mark)} AS DOUBLE)" for name in columns
    )
    rows = evidence.connection.execute(
        f"SELECT {cells} FROM {quoted(evidence.files[file].relation)} LIMIT {_SAMPLE}"
    ).fetchall()
    nothing = {name: 0.0 if _reduces(name) else None for name in columns}
    return Numbers({
        name: [nothing[name] if row[at] is None else row[at] for row in rows]
        for at, name in enumerate(columns)
    })  # fmt: skip


def _reduces(heading: str) -> bool:
    """Is it called a discount? Lines without one may leave it empty."""
    return bool(_SAID_DISCOUNT & meanings(heading))


def _is_share(heading: str) -> bool:
    """Is it called percents? A rate of tax times a rate of exchange is no amount."""
    return bool(_PERCENT & meanings(heading))


def _is_cost(*headings: str) -> bool:
    return any("cost" in meanings(heading) for heading in headings)


def _untaxed(numbers: Numbers) -> Iterator[str]:
    """The amounts to which another column, the tax, must be added to get a third.

    Cost and profit make a sale in the same way: a tax is one of a few shares of its amount.
    """
    for net, tax, gross in permutations(numbers, 3):
        share = numbers.size(tax) / (numbers.size(net) or 1)
        if _is_cost(net) or _includes_tax(net) or not _LOWEST_TAX < share < _HIGHEST_TAX:
            continue
        if _holds(
            numbers, (net, tax, gross), _adds, telling=lambda n, _, g: n != 0 and not _near(n, g)
        ) and (_is_tax(tax) or _few_shares(numbers[net], numbers[tax])):
            yield net


def _is_tax(heading: str) -> bool:
    """Is it called a tax? `Shipping (inc tax)` only tells whether it has one in it."""
    return "tax" in meanings(heading) and not _BESIDE_TAX & meanings(heading)


def _includes_tax(heading: str) -> bool:
    return "tax" in meanings(heading) and bool(_INCLUDED & meanings(heading))


def _few_shares(net: list[float | None], tax: list[float | None]) -> bool:
    """Is the tax nearly always one of at most six hundredths of its amount?"""
    told = [
        round(t / n, 2)
        for n, t in zip(net, tax, strict=True)
        if n is not None and t is not None and abs(n) > 5
    ]
    often = Counter(told).most_common(6)
    return bool(told) and sum(count for _, count in often) > 0.95 * len(told)


def _told_discount(numbers: Numbers) -> Iterator[str]:
    """What a column that is called a discount leaves of another, where no quantity is told."""
    for total, discount, left in permutations(numbers, 3):
        if _SAID_DISCOUNT & meanings(discount) and _leaves(numbers, total, discount, left):
            yield left


def _products(numbers: Numbers, wholes: Callable[[str], float]) -> Iterator[Sums]:
    """Quantity, price and what they make."""
    for quantity, price in permutations(numbers, 2):
        if not _may_count(quantity, price, wholes):
            continue
        for total in numbers:
            if (
                total not in (quantity, price)
                and not _is_share(total)
                and _holds(
                    numbers,
                    (quantity, price, total),
                    _multiplies,
                    telling=lambda q, p, t: abs(q) not in (0, 1) and abs(p) != 1 and t != 0,
                )
            ):
                yield Sums(total, quantity, price)
    yield from _reduced(numbers, wholes)


def _may_count(quantity: str, price: str, wholes: Callable[[str], float]) -> bool:
    """May one be the quantity at the other's price? Factors look alike: headings tell them apart,
    as 9.6 m at 541, or else that things are counted in whole numbers."""
    counted, priced = _factor(quantity), _factor(price)
    if counted == "unit_price" or priced == "quantity":
        return False
    if counted and priced:
        return True
    return wholes(quantity) >= max(0.9, wholes(price))


def _factor(heading: str) -> str:
    """Which factor of an amount a heading surely names; '' for none."""
    told = named("purchases", heading)
    found = max(("quantity", "unit_price"), key=lambda part: told.get(part, 0.0))
    return found if told.get(found, 0.0) >= _SURELY else ""


def _reduced(numbers: Numbers, wholes: Callable[[str], float]) -> Iterator[Sums]:
    """Quantity, price, discount in percent and what is left: no column holds the plain product."""
    for quantity, price in permutations(numbers, 2):
        if not _may_count(quantity, price, wholes):
            continue
        plain = [
            q * p if q is not None and p is not None else None
            for q, p in zip(numbers[quantity], numbers[price], strict=True)
        ]
        others = [name for name in numbers if name not in (quantity, price)]
        told = Numbers({**numbers, "": plain})
        for discount, left in permutations(others, 2):
            if _leaves(told, "", discount, left):
                yield Sums(left, quantity, price, discount)


def _discounted(numbers: Numbers, sums: Sums, untaxed: str) -> Sums:
    """The same with the amount that a discount leaves, where columns tell both."""
    if sums.discount or sums.net == untaxed:
        return sums
    others = [name for name in numbers if name not in (sums.net, sums.quantity)]
    for discount, left in permutations(others, 2):
        if sums.unit_price not in (discount, left) and _leaves(numbers, sums.net, discount, left):
            return replace(sums, net=left, discount=discount)
    return sums


def _leaves(numbers: Numbers, total: str, discount: str, left: str) -> bool:
    """A discount and what is left sum to the total either way round: what is called a discount is
    one, else the smaller."""
    if _SAID_DISCOUNT & meanings(left) - meanings(discount):
        return False
    told = _SAID_DISCOUNT & meanings(discount)
    if not told and numbers.size(discount) > numbers.size(left):
        return False
    tests: tuple[Test, ...] = (
        lambda t, d, n: _near(abs(t) - abs(d), abs(n)),
        lambda t, d, n: _near(t * (1 - abs(d) / 100), n),
        lambda t, d, n: abs(d) <= 1 and _near(t * (1 - abs(d)), n),
    )
    return numbers.size(discount) < numbers.size(total) and any(
        _holds(numbers, (total, discount, left), test, telling=lambda t, d, n: not _near(t, n))
        for test in tests
    )


def _adds(one: float, other: float, total: float) -> bool:
    return one * other >= 0 and _near(one + other, total)


def _multiplies(one: float, other: float, total: float) -> bool:
    return _near(abs(one * other), abs(total))


def _near(made: float, told: float) -> bool:
    return abs(made - told) <= max(_CENT, 0.002 * abs(told))


def _holds(numbers: Numbers, names: tuple[str, str, str], test: Test, *, telling: Test) -> bool:
    """Does the test hold for nearly all rows, of which enough are `telling`? Ends at the first
    few that are wrong, so trying all columns costs little."""
    columns = [numbers[name] for name in names]
    wrong = told = rows = 0
    most = max(1, int(_MOST_WRONG * len(columns[0])))
    for one, other, total in zip(*columns, strict=True):
        if one is None or other is None or total is None:
            continue
        rows += 1
        told += telling(one, other, total)
        wrong += not test(one, other, total)
        if wrong > most:
            return False
    return told >= max(5, 0.02 * rows) and rows >= _FEWEST
