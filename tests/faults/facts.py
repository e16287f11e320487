"""The same files in ever newer versions, so that what an import made can be told from its half."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PEOPLE, ACCOUNTS, PRODUCTS, CONTACTS, DEALS, ORDERS = 3, 2100, 12, 200, 80, 2500
SOURCE = "crm"


@dataclass(frozen=True)
class Totals:
    """What is in the book and its purchases. `versions` are those that its names speak of."""

    versions: tuple[int, ...]
    accounts: int
    employees: int
    contacts: int
    deals: int
    keys: int
    purchases: int
    amount: int


EMPTY = Totals((), 0, 0, 0, 0, 0, 0, 0)


def totals_of(version: int, times: int = 1) -> Totals:
    """What an import of `version` leaves, of files so many `times` as long; version 0 is before
    any."""
    if version == 0:
        return EMPTY
    accounts, contacts, deals = ACCOUNTS * times + version, CONTACTS * times, DEALS * times
    orders = ORDERS * times + version
    return Totals(
        versions=(version,),
        accounts=accounts,
        employees=sum(range(accounts)) + version * accounts,
        contacts=contacts,
        deals=sum(range(deals)) + version * deals,
        keys=PEOPLE + accounts + PRODUCTS + contacts + deals,
        purchases=orders,
        amount=sum(n % 90 for n in range(orders)) + version * orders,
    )


def write_version(folder: Path, version: int, times: int = 1) -> Path:
    """The files of `version`, so many `times` as long, in a new folder below `folder`."""
    place = folder / f"v{version}"
    place.mkdir(parents=True)
    accounts, contacts, deals = ACCOUNTS * times + version, CONTACTS * times, DEALS * times
    # Keys of theirs step aside while those of accounts are copied.
    _write(place / "users.csv", ["login", "name"], ([f"u{n}", f"User {n}"] for n in range(PEOPLE)))
    _write(
        place / "accounts.csv",
        ["account_id", "name", "industry", "employees"],
        ([f"A{n}", f"Customer {n} v{version}", f"I{n % 7}", n + version] for n in range(accounts)),
    )
    _write(
        place / "products.csv",
        ["product_id", "name", "category"],
        ([f"P{n}", f"Product {n}", f"C{n % 3}"] for n in range(PRODUCTS)),
    )
    _write(
        place / "contacts.csv",
        ["contact_id", "account_id", "name", "title"],
        ([f"K{n}", f"A{n}", f"Person {n}", f"t{version}"] for n in range(contacts)),
    )
    _write(
        place / "opportunities.csv",
        ["opportunity_id", "account_id", "name", "stage", "amount", "close_on"],
        ([f"O{n}", f"A{n}", f"Deal {n}", "Open", n + version, "2026-12-20"] for n in range(deals)),
    )
    day = date(2025, 6, 1)
    lines = (
        [
            f"S{n}",
            f"A{n * 7 % accounts}",
            f"P{n * n % PRODUCTS}",
            day + timedelta(n % 500),
            n % 90 + version,
        ]
        for n in range(ORDERS * times + version)
    )
    _write(
        place / "purchases.csv",
        ["order_id", "account_id", "product_id", "date", "amount"],
        [*lines, ["S-bad", "A1", "P1", "2025-13-41", "7"]],
    )
    return place


def _write(path: Path, names: list[str], rows: Iterable[list[object]]) -> None:
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(names)
        lines.writerows(rows)
