"""A seeded workload: accounts, contacts, opportunities, products and purchases of a large seller.

Values are drawn so that sizes, skew and ranges are those of a real export; they mean nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

Integers = npt.NDArray[np.int64]

USERS = 200
INDUSTRIES = (
    "Airlines",
    "Automotive",
    "Chemicals",
    "Construction",
    "Education",
    "Energy",
    "Food",
    "Hospitals",
    "Hotels",
    "Insurance",
    "Mining",
    "Software",
)
REGIONS = (
    "Alps",
    "Andes",
    "Baltic",
    "Benelux",
    "DACH",
    "Gulf",
    "Iberia",
    "Lakes",
    "Nordics",
    "Pacific",
)
TITLES = (
    "Chief executive",
    "Finance director",
    "Operations director",
    "Technology director",
    "Head of purchasing",
    "Head of production",
    "Head of finance",
    "Head of technology",
    "Site manager",
    "Buyer",
    "Engineer",
    "Clerk",
)
STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
PROBABILITIES = (10, 20, 50, 75, 100, 0)
STAGE_SHARES = (0.2, 0.18, 0.15, 0.09, 0.2, 0.18)
BATCH = 500_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows; at scale 1 100,000 accounts, 300,000 contacts, 200,000 opportunities."""

    scale: float = 1.0
    products: int = 100
    purchases: int = 5_000_000
    seed: int = 20_261_121

    @property
    def accounts(self) -> int:
        return max(20, int(100_000 * self.scale))


def write_workload(folder: Path, size: Size) -> None:
    """Write users, accounts, contacts, opportunities, products and purchases as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(size.seed)
    weights = np.arange(1, USERS + 1) ** -0.5
    owners = random.choice(USERS, size.accounts, p=weights / weights.sum())
    _users(folder)
    _accounts(folder, size, random, owners)
    _contacts(folder, size, random)
    _opportunities(folder, size, random, owners)
    number = range(size.products)
    _save(
        folder / "products.csv",
        ext_id=_ids("P", 3, size.products),
        name=[f"Article {i:03d}" for i in number],
        family=[f"Range {i // 10}" for i in number],
    )
    _purchases(folder, size, random)


def _users(folder: Path) -> None:
    logins = _logins()
    _save(
        folder / "users.csv",
        login=logins,
        first_name=[f"Given{i}" for i in range(USERS)],
        last_name=[f"Family{i}" for i in range(USERS)],
        email=[f"{login}@example.com" for login in logins],
        region=[REGIONS[i % len(REGIONS)] for i in range(USERS)],
    )


def _accounts(folder: Path, size: Size, random: np.random.Generator, owners: Integers) -> None:
    count, parents = size.accounts, size.accounts // 20
    ids = _ids("A", 6, count)
    employees = np.maximum(5, random.lognormal(5.5, 1.5, count)).astype(np.int64)
    child = (random.random(count) < 0.1) & (np.arange(count) >= parents)
    parent = random.integers(0, parents, count)
    _save(
        folder / "accounts.csv",
        ext_id=ids,
        name=[f"Company {i:06d}" for i in range(count)],
        parent_ext_id=[
            ids[up] if has else "" for up, has in zip(parent.tolist(), child.tolist(), strict=True)
        ],
        industry=_pick(INDUSTRIES, random.integers(0, len(INDUSTRIES), count)),
        region=_pick(REGIONS, random.integers(0, len(REGIONS), count)),
        employees=employees,
        revenue=(employees * random.lognormal(11.8, 0.5, count)).astype(np.int64),
        owner=_pick(_logins(), owners),
    )


def _contacts(folder: Path, size: Size, random: np.random.Generator) -> None:
    """One contact at least an account; the first there is whom the others report to."""
    accounts, count = size.accounts, 3 * size.accounts
    extra = random.integers(0, accounts, count - accounts)
    account = np.sort(np.concatenate([np.arange(accounts), extra]))
    first = np.searchsorted(account, account)
    ids = _ids("C", 6, count)
    _save(
        folder / "contacts.csv",
        ext_id=ids,
        first_name=[f"Given{i % 997}" for i in range(count)],
        last_name=[f"Family{i % 1009}" for i in range(count)],
        title=_pick(TITLES, random.integers(0, len(TITLES), count)),
        email=[f"c{i:06d}@example.com" for i in range(count)],
        account_ext_id=_pick(_ids("A", 6, accounts), account),
        reports_to_ext_id=[ids[head] if head != i else "" for i, head in enumerate(first.tolist())],
    )


def _opportunities(folder: Path, size: Size, random: np.random.Generator, owners: Integers) -> None:
    count = 2 * size.accounts
    account = random.integers(0, size.accounts, count)
    stage = random.choice(len(STAGES), count, p=STAGE_SHARES)
    same = random.random(count) < 0.8
    owner = np.where(same, owners[account], random.integers(0, USERS, count))
    _save(
        folder / "opportunities.csv",
        ext_id=_ids("O", 6, count),
        name=[f"Deal {i:06d}" for i in range(count)],
        account_ext_id=_pick(_ids("A", 6, size.accounts), account),
        amount=random.lognormal(10.3, 1.1, count).astype(np.int64),
        stage=_pick(STAGES, stage),
        probability=np.array(PROBABILITIES)[stage],
        close_date=_pick(_days(date(2025, 1, 1)), random.integers(0, 1096, count)),
        owner=_pick(_logins(), owner),
    )


def _purchases(folder: Path, size: Size, random: np.random.Generator) -> None:
    weights = np.arange(1, size.products + 1) ** -0.5
    accounts, products = _ids("A", 6, size.accounts), _ids("P", 3, size.products)
    days = _days(date(2023, 11, 1))
    writer: Any = None
    for start in range(0, size.purchases, BATCH):
        count = min(BATCH, size.purchases - start)
        product = random.choice(size.products, count, p=weights / weights.sum())
        batch = pa.table(
            {
                "account_ext_id": _pick(accounts, random.integers(0, size.accounts, count)),
                "product_ext_id": _pick(products, product),
                "date": _pick(days, random.integers(0, len(days), count)),
                "amount": np.round(random.lognormal(7, 1, count), 2),
            }
        )
        writer = writer or pc.CSVWriter(folder / "purchases.csv", batch.schema, write_options=PLAIN)
        writer.write_table(batch)
    if writer:
        writer.close()


PLAIN = pc.WriteOptions(quoting_style="none")


def _save(path: Path, **columns: Any) -> None:
    pc.write_csv(pa.table(columns), path, write_options=PLAIN)


def _ids(letter: str, width: int, count: int) -> list[str]:
    return [f"{letter}{number:0{width}d}" for number in range(count)]


def _logins() -> list[str]:
    return [f"u{number + 1:03d}" for number in range(USERS)]


def _days(first: date) -> list[str]:
    return [(first + timedelta(day)).isoformat() for day in range(1096)]


def _pick(values: Any, at: Integers) -> Any:
    return pa.array(values).take(pa.array(at))
