"""What the analysis found: whitespace, tiers, performance."""

import csv
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import plain, print_json, print_table
from groundplan.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from groundplan.insight.selectors.listing import RankedCell, TierRow

CUTS = ("owner", "team", "account", "quarter")
WHITESPACE_COLUMNS = (
    "account_id",
    "product_id",
    "rank",
    "probability",
    "amount",
    "expected",
    "because",
    "account",
    "product",
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def analyse(as_json: bool) -> None:
    """Publish a snapshot of the facts as they are now and analyse it."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date, tidy
    from groundplan.organisation.jobs import job_run_now

    bring_up_to_date()
    tidy()
    result = job_run_now(kind="analyse", actor="command line").result
    if not result["accounts"]:
        raise InvalidInput("There is nothing to analyse.", mend="Import first: groundplan import.")
    if as_json:
        print_json(result)
    else:
        click.echo(f"Analysed {result['accounts']} accounts; snapshot {result['snapshot']}")


@click.command()
@click.option("--account", "account", default="", help="One account: SOURCE:ID, or the id alone.")
@click.option("--top", default=5, show_default=True, type=click.IntRange(1), help="Per account.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def whitespace(account: str, top: int, form: str, as_json: bool) -> None:
    """What each account doesn't buy yet, best first; ids are those of the source."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.insight.selectors.listing import ranked_whitespace
    from groundplan.kernel.cells import harmless
    from groundplan.people.contracts import SYSTEM
    from groundplan.sources.selectors import target_of

    bring_up_to_date()
    account_id = target_of("account", account) if account else None
    rows = _named(ranked_whitespace(SYSTEM, top=top, account_id=account_id))
    if as_json or form == "json":
        _print_json_rows(rows)
        return
    lines = csv.DictWriter(sys.stdout, WHITESPACE_COLUMNS)
    lines.writeheader()
    for row in rows:
        lines.writerow({k: harmless(v) if isinstance(v, str) else v for k, v in row.items()})


def _named(cells: "Iterator[RankedCell]") -> Iterator[dict[str, Any]]:
    """Cells with the source's ids and with names, a few thousand at a time."""
    from itertools import islice

    from groundplan.book.selectors.labels import account_refs
    from groundplan.book.selectors.naming import product_names
    from groundplan.sources.selectors import source_ids

    products = product_names()
    product_ids = source_ids("product", products)
    while batch := list(islice(cells, 5000)):
        ids = {cell.account_id for cell in batch}
        accounts, account_ids = account_refs(ids), source_ids("account", ids)
        for cell in batch:
            yield {
                "account_id": account_ids[cell.account_id],
                "product_id": product_ids[cell.product_id],
                "rank": cell.rank,
                "probability": round(cell.probability, 6),
                "amount": cell.amount,
                "expected": cell.expected,
                "because": _because(cell),
                "account": accounts[cell.account_id].name,
                "product": products[cell.product_id].name,
            }


def _because(cell: "RankedCell") -> str:
    return (
        f"{cell.owners} of {cell.accounts} accounts in segment '{cell.segment}' own it; "
        f"{cell.adopted} of {cell.exposed} that didn't a year before bought it since"
    )


def _print_json_rows(rows: Iterator[dict[str, Any]]) -> None:
    """One JSON array, written row by row: the book may be large."""
    click.echo("[", nl=False)
    for place, row in enumerate(rows):
        click.echo(",\n" if place else "\n", nl=False)
        click.echo(json.dumps(row, default=plain, ensure_ascii=False), nl=False)
    click.echo("\n]")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tiers(as_json: bool) -> None:
    """Each account's tier and the characteristics it meets."""
    prepare()
    from collections import Counter

    from groundplan.cli.installation import bring_up_to_date
    from groundplan.insight.selectors.listing import tier_rows
    from groundplan.people.contracts import SYSTEM
    from groundplan.sources.selectors import source_ids

    bring_up_to_date()
    found = list(tier_rows(SYSTEM))
    ids = source_ids("account", [row.account_id for row in found])
    counts = sorted(Counter(row.tier for row in found).items())
    if as_json:
        tiers = [{"tier": tier, "accounts": accounts} for tier, accounts in counts]
        accounts = [_tier_as_json(row, ids[row.account_id]) for row in found]
        print_json({"tiers": tiers, "accounts": accounts})
        return
    rows = [[ids[r.account_id], r.account, r.tier, r.score, "; ".join(r.because)] for r in found]
    print_table(["account_id", "account", "tier", "score", "because"], rows)
    click.echo("  ".join(f"{tier}: {accounts}" for tier, accounts in counts))


def _tier_as_json(row: "TierRow", account_id: str) -> dict[str, object]:
    return {
        "account_id": account_id,
        "account": row.account,
        "tier": row.tier,
        "computed": row.computed,
        "score": round(row.score, 6),
        "because": row.because,
    }


@click.command()
@click.option("--by", type=click.Choice(CUTS), default="owner", show_default=True)
@click.option("--period", "periods", multiple=True, help="FY2027 or FY2027-Q1; may be repeated.")
@click.option("--all-years", is_flag=True, help="Every fiscal year that facts fall into.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def performance(by: str, periods: tuple[str, ...], all_years: bool, as_json: bool) -> None:
    """Revenue against goal; without a period, the fiscal year of the results."""
    prepare()
    from groundplan.cli.installation import bring_up_to_date
    from groundplan.insight.selectors import performance as performance_of
    from groundplan.insight.selectors.listing import fiscal_years
    from groundplan.people.contracts import SYSTEM
    from groundplan.snapshots.excluded import excluded_line
    from groundplan.snapshots.selectors import current, manifest_of

    bring_up_to_date()
    chosen = fiscal_years() if all_years else periods
    rows = performance_of(SYSTEM, by=by, periods=chosen, limit=10_000_000)  # type: ignore[arg-type]
    keys = _source_keys(by, [row.key for row in rows if row.key])
    shown = [_performance_row(row, keys) for row in rows]
    snapshot = current()
    if as_json:
        excluded = manifest_of(snapshot.folder).get("excluded", {}) if snapshot else {}
        print_json({"by": by, "periods": chosen, "rows": shown, "excluded": excluded})
    else:
        headings = [name for name in (shown[0] if shown else {}) if name != "key"]
        print_table(headings, [[row[name] for name in headings] for row in shown])
        if snapshot and (line := excluded_line(snapshot)):
            click.echo(f"groundplan: {line}", err=True)


def _source_keys(by: str, uids: list[str]) -> dict[str, str]:
    """What the sources call accounts and owners, by our uid."""
    from groundplan.book.selectors.labels import account_numbers
    from groundplan.people.selectors import persons_by_uid
    from groundplan.sources.selectors import source_ids

    if by == "owner":
        return {str(person.uid): person.login for person in persons_by_uid(uids)}
    if by != "account":
        return {}
    numbers = account_numbers(uids)
    ids = source_ids("account", numbers.values())
    return {uid: ids[number] for uid, number in numbers.items()}


def _performance_row(row: Any, keys: dict[str, str]) -> dict[str, Any]:
    """`key` is the source's id of an account, an owner's login, else ours or the quarter's."""
    total = row.total
    return {
        "key": keys.get(row.key, row.key),
        "label": row.label,
        "goal": total.goal,
        "recognised": total.recognised,
        "backlog": total.backlog,
        "weighted": total.weighted,
        "forecast": total.forecast,
        "gap": total.gap,
        "pace": round(row.pace, 4) if row.pace is not None else None,
    }
