"""Plans on the command line: begin, list, read, check and compare them."""

import json
from collections.abc import Iterator, Mapping
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from groundplan.cli.main import prepare
from groundplan.cli.output import print_json, print_table
from groundplan.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from groundplan.plans.contracts import Finding, Graph
    from groundplan.plans.rules.differing import Difference

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def plan() -> None:
    """Plans: from the facts to who does what by when.

    PLAN is a plan's id, as `plan list` prints it, or its title where only one has it.
    """


@plan.command("new")
@click.option("--period", required=True, help="A fiscal year or quarter: FY2027 or FY2027-Q1.")
@click.option("--owner", required=True, help="Login of the person whose plan it is.")
@click.option("--account", help="SOURCE:ID or ID of an account; without, a territory's plan.")
@click.option("--title", default="", help="Default: the account or territory, and the period.")
@click.option("--empty", is_flag=True, help="Without suggestions from the facts.")
@json_option
def new(
    period: str, owner: str, account: str | None, title: str, empty: bool, as_json: bool
) -> None:
    """Begin a plan, with suggestions from the facts."""
    _open()
    from groundplan.book.selectors.accounts import active_accounts
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.services.plans import plan_create
    from groundplan.sources.selectors import target_of

    account_uid = None
    if account:
        found = active_accounts(SYSTEM).get(pk=target_of("account", account))
        account_uid = str(found.uid)
    made = plan_create(
        viewer=SYSTEM,
        subject="account" if account else "territory",
        period=period,
        owner_uid=owner,
        account_uid=account_uid,
        title=title,
        prefill=not empty,
    )
    if as_json:
        names = ("title", "period", "state")
        print_json({"id": made.uid, **{name: getattr(made, name) for name in names}})
        return
    click.echo(f"{made.uid}  {made.title}")
    if not empty and not made.parts.exists():
        click.echo("Nothing is suggested: no account of this plan has facts that say something.")


@plan.command("list")
@click.option("--period", default="", help="Only those of this period.")
@click.option("--state", default="", help="Only those in this state: draft, submitted ...")
@json_option
def list_(period: str, state: str, as_json: bool) -> None:
    """List plans, the latest period first."""
    _open()
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.selectors.plans import plans_listed

    plans = [
        {
            "id": one.uid,
            "title": one.title,
            "period": one.period,
            "state": one.state,
            "owner": one.owner_name,
        }
        for one in plans_listed(SYSTEM, period=period, state=state)
    ]
    if as_json:
        print_json({"plans": plans})
        return
    names = ["id", "title", "period", "state", "owner"]
    print_table(names, [[one[name] for name in names] for one in plans])


@plan.command("show")
@click.argument("plan")
@json_option
def show(plan: str, as_json: bool) -> None:
    """Print a plan in the order in which it is presented."""
    _open()
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.rules.canonical import canonical
    from groundplan.plans.selectors.graphs import graph

    found = graph(SYSTEM, _chosen(plan))
    if as_json:
        print_json(json.loads(canonical(found)))
        return
    for line in _told(found):
        click.echo(line)


@plan.command("check")
@click.argument("plan")
@json_option
def check(plan: str, as_json: bool) -> None:
    """Find what is missing in a plan: the same findings as on its page."""
    _open()
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.selectors.checking import check as check_plan

    checked = check_plan(SYSTEM, _chosen(plan))
    findings = [_finding(one) for one in checked.findings]
    ratio = checked.fact_ratio
    if as_json:
        cited = {"facts": checked.facts, "cited": checked.cited}
        print_json({"findings": findings, "fact_ratio": ratio or 0.0, **cited})
        return
    for one in findings:
        click.echo(f"{one['code']} {one['severity']}: {one['message']}")
        click.echo(f"      {one['mend']}")
    shown = "nothing is cited" if ratio is None else f"{ratio:.0%} of what is cited has a source"
    click.echo(f"{len(findings)} findings; {shown}.")


@plan.command("diff")
@click.argument("plan")
@click.argument("before", required=False)
@click.argument("after", default="now")
@json_option
def diff(plan: str, before: str | None, after: str, as_json: bool) -> None:
    """Compare two versions of a plan: ids of versions, or "now".

    BEFORE is the version that was kept last where it is left out, AFTER is the plan as it stands.
    """
    _open()
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.selectors.versions import compared, versions_of

    uid = _chosen(plan)
    if before is None:
        kept = versions_of(SYSTEM, uid)
        if not kept:
            raise InvalidInput(
                "No version of this plan was kept yet.", mend="One is with each submission."
            )
        before = str(kept[0].id)
    found = compared(SYSTEM, uid, before, after)
    lines = [*_lines_changed(found)]
    if as_json:
        print_json({"before": before, "after": after, "changes": lines})
        return
    for line in lines:
        values = "" if line["field"] is None else f": {line['before']} -> {line['after']}"
        what = " ".join(filter(None, (line["change"], line["kind"], line["field"])))
        click.echo(f"{what} “{line['label']}”{values}")
    click.echo(f"{len(lines)} changes.")


def _lines_changed(found: "Difference") -> Iterator[dict[str, Any]]:
    """A line for each field that changed, and for each part that is new, gone or moved."""
    from groundplan.plans.rules.typing import kind_of

    def line(change: str, kind: str, label: str, field: Any = None) -> dict[str, Any]:
        values = {
            "field": field and field.name,
            "before": field and field.before,
            "after": field and field.after,
        }
        return {"change": change, "kind": kind, "label": label, **values}

    yield from (line("changed", "plan", "", field) for field in found.head)
    yield from (line("added", kind_of(part), part.title) for part in found.added)
    yield from (line("removed", kind_of(part), part.title) for part in found.removed)
    for one in found.changed:
        yield from (line("changed", one.kind, one.after.title, field) for field in one.fields)
        if one.is_moved:
            yield line("moved", one.kind, one.after.title)


def _finding(found: "Finding") -> dict[str, Any]:
    from groundplan.plans.rules.texts import told

    text = told(found)
    return {
        "code": found.code,
        "severity": found.severity,
        "where": found.where,
        "message": text.message,
        "why": text.why,
        "mend": text.mend,
        "waived": found.is_waived,
    }


def _open() -> None:
    prepare()
    from groundplan.cli.installation import bring_up_to_date

    bring_up_to_date()


def _chosen(named: str) -> UUID:
    """The uid of the plan with this id, or of the only one with this title.

    Raises NotFound, InvalidInput.
    """
    from groundplan.people.contracts import SYSTEM
    from groundplan.plans.selectors.plans import plan_of, plans_listed

    titled = [
        one for one in plans_listed(SYSTEM, text=named) if one.title.casefold() == named.casefold()
    ]
    if len(titled) > 1:
        ids = ", ".join(str(one.uid) for one in titled)
        raise InvalidInput(f"{len(titled)} plans have this title.", mend=f"Name one: {ids}.")
    return plan_of(SYSTEM, titled[0].uid if titled else named).uid


def _told(graph: "Graph") -> Iterator[str]:
    """The plan as indented text: each part below what it hangs below, suggestions in brackets."""
    from groundplan.people.selectors import person_names

    head = graph.plan
    yield f"{head.title}  ({head.period}, {head.state}, version {head.number})"
    if head.vision:
        yield f"Vision: {head.vision}"
    below: dict[UUID | None, list[Any]] = {}
    for part in graph.parts():
        below.setdefault(part.parent, []).append(part)
    owners = {owner for part in graph.parts() if (owner := getattr(part, "owner", None))}
    yield from _branch(below, person_names(owners), None, 0)
    if any(part.is_suggested for part in graph.parts()):
        yield "In brackets: suggested from facts, and no part of the plan until somebody keeps it."


def _branch(
    below: dict[UUID | None, list[Any]],
    owners: Mapping[int, str],
    parent: UUID | None,
    depth: int,
) -> Iterator[str]:
    from groundplan.plans.rules.typing import kind_of

    for part in below.get(parent, ()):
        said = "; ".join((f"{kind_of(part)}: {part.title}", *_values(part, owners)))
        yield "  " * depth + (f"[{said}]" if part.is_suggested else said)
        yield from _branch(below, owners, part.uid, depth + 1)


def _values(part: Any, owners: Mapping[int, str]) -> Iterator[str]:
    """What a reader asks of a part: whose it is, how much, by when, and what it says."""
    if account := getattr(part, "account_name", ""):
        yield account
    for name in ("target", "amount", "hours"):
        if (value := getattr(part, name, None)) is not None:
            yield f"{name} {value.normalize():f}"
    if owner := owners.get(getattr(part, "owner", None) or 0):
        yield owner
    if due_on := getattr(part, "due_on", None):
        yield f"by {due_on.isoformat()}"
    if text := getattr(part, "text", "") or getattr(part, "trigger", ""):
        yield shorten(" ".join(text.split()), 100, placeholder=" ...")
