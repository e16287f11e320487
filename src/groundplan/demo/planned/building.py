"""The demonstration's plans: a good year, one with holes, an account's, and a manager's."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from groundplan.book.selectors.accounts import active_accounts
from groundplan.book.services.statements import StatementDraft, statement_create
from groundplan.insight.selectors.listing import tier_rows
from groundplan.people.contracts import Scope
from groundplan.plans.rules.questions import question_of
from groundplan.plans.selectors.graphs import graph, graph_of_plan
from groundplan.plans.selectors.plans import plan_of
from groundplan.plans.selectors.surroundings import surroundings
from groundplan.plans.services.accepting import plan_accept, plan_begin, plan_submit
from groundplan.plans.services.copying import plan_cut
from groundplan.plans.services.heads import plan_update
from groundplan.plans.services.plans import plan_create
from groundplan.plans.services.team import member_add, plan_sign

from .reading import Planned, read
from .writing import Writer

ANSWERS: dict[str, str] = {
    "inside": "Two plants share one laboratory since spring, and its head reports to the site.",
    "heading": "The board wants a tenth more output from the same lines within two years.",
    "influencers": "The head of quality proposes, the plant manager signs, purchasing only prices.",
    "market": "Their buyers ask for a certificate with every delivery from next year on.",
    "competition": "A rival installed an in-line system at one site and is measured by it now.",
}
REVIEW_AFTER = timedelta(days=24)
LEADER = "ingrid.halvorsen"
MANAGER = "daniel.okafor"


def plans_make(*, cast: Mapping[str, Scope], today: date, year: int) -> None:
    """Plans of the fiscal year `year`, which `today` lies in, and of the next."""
    this, quarter, following = f"FY{year}", f"FY{year}-Q4", f"FY{year + 1}"
    maker = _Maker(cast, today)
    territory = maker.make("territory", this)
    maker.carry(territory, "rosa.meyer", MANAGER)
    plan_cut(viewer=cast["rosa.meyer"], uid=territory, period=quarter)
    account = maker.make("account", following, account=maker.largest("rosa.meyer"))
    plan_cut(viewer=cast["rosa.meyer"], uid=account, period=f"{following}-Q1")
    plan_submit(viewer=cast["rosa.meyer"], uid=account)
    team = maker.make("manager", this)
    plan_cut(viewer=cast[MANAGER], uid=team, period=quarter)
    holed = maker.make("holed", following, is_whole=False)
    plan_cut(viewer=cast["tom.brannigan"], uid=holed, period=f"{following}-Q1")


class _Maker:
    def __init__(self, cast: Mapping[str, Scope], today: date) -> None:
        self.cast, self.today = cast, today

    def make(
        self, name: str, period: str, *, account: str | None = None, is_whole: bool = True
    ) -> str:
        """The plan of a file; a whole one has a review date, a team, and its questions answered."""
        planned = read(name)
        viewer = self.cast[planned.owner]
        plan = plan_create(
            viewer=viewer,
            subject="account" if account else "territory",
            period=period,
            account_uid=account,
        )
        uid = str(plan.uid)
        Writer(viewer, graph(viewer, uid).plan, planned).write()
        if is_whole:
            self._complete(viewer, uid, planned)
        return uid

    def carry(self, uid: str, owner: str, manager: str) -> None:
        """Everybody signs what is theirs; the plan is submitted, accepted and begun."""
        signatures = graph(self.cast[owner], uid).plan.signatures
        names = {scope.person_id: scope for scope in self.cast.values()}
        for one in signatures:
            plan_sign(viewer=names[one.person], uid=uid, section=one.section)
        plan_submit(viewer=self.cast[owner], uid=uid)
        plan_accept(viewer=self.cast[manager], uid=uid)
        plan_begin(viewer=self.cast[owner], uid=uid)

    def largest(self, login: str) -> str:
        """The uid of the tier A account with the highest score that is the seller's own."""
        viewer = self.cast[login]
        mine = active_accounts(viewer).filter(owner=viewer.person_id)
        own = set(mine.values_list("pk", flat=True))
        rows = [row for row in tier_rows(viewer) if row.tier == "A" and row.account_id in own]
        return str(max(rows, key=lambda row: (row.score, row.account)).uid)

    def _complete(self, viewer: Scope, uid: str, planned: Planned) -> None:
        review = self.today + REVIEW_AFTER
        values = {"vision": planned.vision, "next_review_on": review.isoformat()}
        plan_update(viewer=viewer, uid=uid, values=values)
        for member in planned.rows("team"):
            member_add(
                viewer=viewer,
                uid=uid,
                person_uid=member["login"],
                function=member["function"],
                section=member["section"],
                share=True,
            )
        self._answer(viewer, uid)

    def _answer(self, viewer: Scope, uid: str) -> None:
        """Write what the profiles of the accounts that the plan cites still leave open."""
        plan = plan_of(viewer, uid)
        around = surroundings(viewer, plan, graph_of_plan(plan))
        for place, (account, codes) in enumerate(sorted(around.open_questions.items())):
            for code in codes:
                question = question_of(code)
                as_of = self.today - timedelta(days=20 + 3 * place)
                draft = StatementDraft(ANSWERS[code], as_of, f"Visit on {as_of:%d %B %Y}", "high")
                statement_create(
                    viewer=viewer,
                    account_uid=UUID(account),
                    topic=question.topics[0] if question else "",
                    draft=draft,
                )
