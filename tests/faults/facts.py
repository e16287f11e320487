"""The same files in ever newer versions, so that what an import made can be told from its half."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ACCOUNTS, PRODUCTS, CONTACTS, DEALS, ORDERS = 2100, 12, 200, 80, 2500
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


def totals_of(version: int) -> Totals:
    """What an import of `version` leaves; version 0 is before any."""
    if version == 0:
        return EMPTY
    accounts = ACCOUNTS + version
    return Totals(
        versions=(version,),
        accounts=accounts,
        employees=sum(range(accounts)) + version * accounts,
        contacts=CONTACTS,
        deals=sum(range(DEALS)) + version * DEALS,
        keys=accounts + PRODUCTS + CONTACTS + DEALS,
        purchases=ORDERS + version,
        amount=sum(n % 90 for n in range(ORDERS + version)) + version * (ORDERS + version),
    )


def write_version(folder: Path, version: int) -> Path:
    """The files of `version` in a new folder below `folder`."""
    place = folder / f"v{version}"
    place.mkdir(parents=True)
    accounts = ACCOUNTS + version
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
        ([f"K{n}", f"A{n}", f"Person {n}", f"t{version}"] for n in range(CONTACTS)),
    )
    _write(
        place / "opportunities.csv",
        ["opportunity_id", "account_id", "name", "stage", "amount", "close_on"],
        ([f"O{n}", f"A{n}", f"Deal {n}", "Open", n + version, "2026-12-20"] for n in range(DEALS)),
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
        for n in range(ORDERS + version)
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
