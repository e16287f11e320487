"""Builds the demonstration company through the same services as everybody's own facts."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.services.cells import TARGETED
from groundplan.book.services.statements import StatementDraft, statement_create
from groundplan.book.services.teams import account_team_add
from groundplan.insight.backtests.selectors import backtest_kept, backtest_proposed
from groundplan.insight.backtests.services import backtest_run
from groundplan.intake.services import import_run
from groundplan.kernel.progress import Progress, Silent
from groundplan.organisation.jobs import job_run_now
from groundplan.organisation.selectors import organisation, stages
from groundplan.organisation.services.founding import organisation_found
from groundplan.organisation.services.imports import NewStage, stages_ensure
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.people.selectors import persons_by_login, scope_of, users
from groundplan.people.services.users import user_create
from groundplan.plans.selectors.plans import plans_listed
from groundplan.snapshots.selectors import current
from groundplan.sources.selectors import target_of

from .cast import CAST, COMPANY, OPERATIONS, mail_of
from .chosen import cells_choose
from .deals import STEPS
from .files import mapping_of, write_files
from .goals import CALENDAR
from .planned.building import plans_make
from .profiles import Statement
from .world import World, world

SOURCE = "demo"
UNSETTLED = "Verbal yes"
SHARED_ACCOUNTS = 24


def demonstration_build(*, today: date, progress: Progress | None = None) -> None:
    """Make this installation the demonstration company as of `today`; nothing where it is one.

    Files of facts are imported, people's own work goes through the services that they would use,
    then everything is published and analysed, and again with what sellers make of their
    whitespace. Interrupted, it can be called again.
    """
    progress = progress or Silent()
    if not (organisation().name == COMPANY and stages().filter(name=TARGETED).exists()):
        _facts(today, progress)
    if plans_listed(SYSTEM, limit=1):
        return
    progress.step("Planning", 0.95)
    with transaction.atomic():
        plans_make(cast=_users(), today=today, year=CALENDAR.fiscal_year_of(today))


def demonstration_backtest() -> None:
    """Test whitespace on the company's history, once: its seller may look, but not run a test."""
    shown = current()
    if shown is None or backtest_kept(shown) is not None:
        return
    cutoff, months = backtest_proposed(shown)
    backtest_run(viewer=SYSTEM, cutoff=cutoff, months=months)


def _facts(today: date, progress: Progress) -> None:
    """Everything below plans: imported, stated, analysed, and worked on."""
    progress.step("Inventing a company", 0.0)
    company = world(today)
    _found()
    _import(company, progress)
    progress.step("Signing on its people", 0.6)
    cast = _users()
    with transaction.atomic():
        _state(company.statements, cast)
        _share_accounts()
    progress.step("Analysing", 0.7)
    job_run_now(kind="analyse", actor=SYSTEM.actor)
    progress.step("Working on whitespace", 0.85)
    snapshot = current()
    if snapshot is not None:
        with transaction.atomic():
            cells_choose(cast=cast, current=snapshot, today=today)
    job_run_now(kind="analyse", actor=SYSTEM.actor)


def _found() -> None:
    organisation_found(
        viewer_actor=SYSTEM.actor,
        name=COMPANY,
        currency="USD",
        time_zone="UTC",
        fiscal_start_month=CALENDAR.start_month,
    )
    stages_ensure(
        stages={
            step.name.casefold(): NewStage(
                name=step.name,
                outcome=step.outcome,
                probability=Decimal(step.probability),
                # One is left for somebody to look at, as every real import leaves some.
                confirmed=step.name != UNSETTLED,
            )
            for step in STEPS
        }
    )


def _import(company: World, progress: Progress) -> None:
    with tempfile.TemporaryDirectory(prefix="groundplan-demo-") as folder:
        files = write_files(company, Path(folder))
        import_run(
            viewer=SYSTEM,
            source=SOURCE,
            paths=files,
            mapping=mapping_of(company),
            progress=progress,
        )


def _users() -> dict[str, Scope]:
    """The cast, by login. They have no password: only the demonstration's door lets them in."""
    known = {user.email: user for user in users()}
    persons = {person.login: person for person in persons_by_login(p.login for p in CAST)}
    cast = {}
    for player in CAST:
        user = known.get(mail_of(player.login)) or user_create(
            viewer=SYSTEM,
            email=mail_of(player.login),
            name=player.name,
            role=player.role,
            person_uid=str(persons[player.login].uid),
        )
        cast[player.login] = scope_of(user)
    login, name = OPERATIONS
    if mail_of(login) not in known:
        user_create(viewer=SYSTEM, email=mail_of(login), name=name, role="administrator")
    return cast


def _state(statements: list[Statement], cast: dict[str, Scope]) -> None:
    """Write down what the account managers say of their accounts, each in their own name."""
    accounts = active_accounts(SYSTEM).filter(statements__isnull=True).in_bulk()
    places: dict[str, int] = {}
    for said in statements:
        if said.account not in places:
            places[said.account] = target_of("account", f"{SOURCE}:{said.account}")
        account = accounts.get(places[said.account])
        if account is not None:
            statement_create(
                viewer=cast[said.login],
                account_uid=account.uid,
                topic=said.topic,
                draft=StatementDraft(said.text, said.as_of, said.source, said.confidence),
            )


def _share_accounts() -> None:
    """Let colleagues work on the largest accounts beside their owners."""
    members = [player for player in CAST if player.role == "member"]
    largest = active_accounts(SYSTEM).filter(owner__isnull=False, team__isnull=True)
    for place, account in enumerate(largest.order_by("-employees", "pk")[:SHARED_ACCOUNTS]):
        helper = members[place % len(members)]
        if account.owner and account.owner.login != helper.login:
            account_team_add(
                viewer=SYSTEM,
                uid=account.uid,
                login=helper.login,
                function="Application specialist",
            )
