"""Whole imports: what goes in, what is rejected and why, and that twice is as good as once."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from groundplan.book.models import Account, Contact, Interaction, Opportunity, Product, Quota
from groundplan.intake import announcements
from groundplan.intake.contracts import (
    ColumnRule,
    ImportReport,
    Join,
    Mapping,
    StageRule,
    TableMapping,
)
from groundplan.intake.models import PurchaseLayer
from groundplan.intake.selectors import purchase_layers
from groundplan.intake.services import import_run
from groundplan.kernel.errors import InvalidInput, NotAllowed
from groundplan.organisation.models import Stage
from groundplan.people.contracts import SYSTEM, Scope
from groundplan.people.models import Person, User
from groundplan.sources.models import FieldOverride, ImportRun, SourceKey
from groundplan.sources.services import override_set

pytestmark = pytest.mark.django_db

Take = Callable[..., ImportReport]


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.GROUNDPLAN_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def take(home: Path, tmp_path: Path) -> Take:
    """Writes files (name -> text) and imports them; files have the canonical columns."""
    number = 0

    def taking(
        files: dict[str, str], mapping: Mapping | None = None, **options: object
    ) -> ImportReport:
        nonlocal number
        number += 1
        folder = tmp_path / f"files{number}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, newline="")
        chosen = mapping or Mapping(tuple(canonical(name, text) for name, text in files.items()))
        return import_run(
            viewer=SYSTEM,
            source="crm",
            paths=[folder],
            mapping=chosen,
            **options,  # type: ignore[arg-type]
        )

    return taking


def canonical(name: str, text: str) -> TableMapping:
    table = name.partition(".")[0].partition("-")[0]
    headings = text.splitlines()[0].split(",")
    known = {heading: ColumnRule(column=heading) for heading in headings if heading != "extra"}
    return TableMapping(table, name, known)


ACCOUNTS = "account_id,name,parent_id,industry,employees\nA1,Acme,,Steel,100\nA2,Beta,A1,,\n"


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    return [(r.line, r.column, r.value, r.reason) for r in report.reject_sample]


def test_accounts_come_in_with_hierarchy_and_keys(take: Take) -> None:
    report = take({"accounts.csv": ACCOUNTS})
    acme, beta = Account.objects.order_by("name")
    assert (acme.name, acme.industry, acme.employees) == ("Acme", "Steel", 100)
    assert (beta.parent, beta.path) == (acme, f"/{acme.pk}/{beta.pk}/")
    assert acme.path == f"/{acme.pk}/"
    assert len({acme.uid, beta.uid}) == 2
    assert SourceKey.objects.get(kind="account", key="A2").target_id == beta.pk
    assert report.taken
    assert ImportRun.objects.get().state == "done"


def test_the_same_files_again_change_nothing(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    before = list(Account.objects.order_by("id").values())
    count = take({"accounts.csv": ACCOUNTS}).tables["accounts"]
    assert (count.created, count.updated, count.unchanged) == (0, 0, 2)
    assert list(Account.objects.order_by("id").values()) == before


def test_what_changed_is_updated_and_other_columns_stay(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    count = take({"accounts.csv": "account_id,name\nA1,Acme Group\nA3,New\n"}).tables["accounts"]
    assert (count.created, count.updated, count.unchanged) == (1, 1, 0)
    acme = Account.objects.get(name="Acme Group")
    assert (acme.industry, acme.employees) == ("Steel", 100)


def test_moving_a_parent_moves_everything_below_it(take: Take) -> None:
    rows = "account_id,name,parent_id\n"
    take({"accounts.csv": rows + "A,A,\nB,B,A\nC,C,B\nD,D,\n"})
    take({"accounts.csv": rows + "B,B,D\n"})
    ids = dict(Account.objects.values_list("name", "id"))
    path = Account.objects.get(name="C").path
    assert path == f"/{ids['D']}/{ids['B']}/{ids['C']}/"


def test_a_persons_edit_is_kept_and_conflicts_only_if_the_source_changed_too(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    acme = Account.objects.get(name="Acme")
    for field, base, edited in (("industry", "Steel", "Metals"), ("employees", 100, 120)):
        setattr(acme, field, edited)
        override_set(
            viewer=SYSTEM,
            kind="account",
            target_id=acme.pk,
            field=field,
            base=base,
            edited=edited,
            at=ImportRun.objects.get().started_at,
        )
    acme.save()
    take({"accounts.csv": ACCOUNTS.replace("Steel", "Mining")})
    acme.refresh_from_db()
    assert (acme.industry, acme.employees) == ("Metals", 120)
    found = {o.field: (o.base, o.incoming, o.in_conflict) for o in FieldOverride.objects.all()}
    assert found == {"industry": ("Steel", "Mining", True), "employees": (100, None, False)}


def test_a_reject_names_file_line_column_value_and_reason(take: Take, home: Path) -> None:
    text = (
        'account_id,name,employees,revenue_goal\nA1,"Acme\nInc",12,5\n'
        'A2,,1,1\nA3,Gamma,101-500,\nA4,Delta,,lots\nA5,Eps,"1,200",\n'
    )
    report = take({"accounts.csv": text})
    assert reasons(report) == [
        (4, "name", "", "is missing"),
        (5, "employees", "101-500", "is not a whole number"),
        (6, "revenue_goal", "lots", "is not a number, or too large"),
    ]
    assert (report.tables["accounts"].accepted, report.tables["accounts"].rejected) == (2, 3)
    assert Account.objects.get(name="Eps").employees == 1200
    assert report.rejects_path is not None
    with report.rejects_path.open(newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["line"] for row in listed] == ["4", "5", "6"]
    assert ImportRun.objects.get().rejects_path == str(report.rejects_path.relative_to(home))


def test_all_or_nothing_takes_nothing_if_any_row_is_bad(take: Take) -> None:
    report = take({"accounts.csv": ACCOUNTS + "A3,,,,\n"}, reject_all_on_error=True)
    assert not report.taken
    assert Account.objects.count() == 0
    assert ImportRun.objects.get().state == "nothing"
    assert take({"accounts.csv": ACCOUNTS}, reject_all_on_error=True).taken


def test_a_dry_run_says_the_same_and_writes_nothing(take: Take, home: Path) -> None:
    orders = "account_id,product_id,date,amount\nA1,P1,2024-01-02,5\n"
    files = {"accounts.csv": ACCOUNTS, "purchases.csv": orders}
    dry = take(files, dry_run=True)
    assert (dry.taken, Account.objects.count(), ImportRun.objects.count()) == (False, 0, 0)
    assert not (home / "layers").exists()
    assert {n: c.created for n, c in dry.tables.items()} == {"accounts": 2, "purchases": 1}
    assert take(files).tables == dry.tables


def test_the_same_row_twice_counts_once_and_another_is_rejected(take: Take) -> None:
    report = take({"accounts.csv": "account_id,name\nA1,Acme\nA1,Acme\nA1,Other\n"})
    count = report.tables["accounts"]
    assert (count.accepted, count.skipped, count.rejected) == (1, 1, 1)
    assert reasons(report) == [
        (4, "account_id", "A1", "stands already in accounts.csv line 2, with other values")
    ]


def test_circles_and_what_hangs_on_them_are_rejected(take: Take) -> None:
    text = "account_id,name,parent_id\nA,A,B\nB,B,A\nC,C,A\nD,D,D\nE,E,\nF,F,E\nG,G,nobody\n"
    report = take({"accounts.csv": text})
    assert reasons(report) == [
        (2, "parent_id", "B", "closes a circle: A > B > A"),
        (3, "parent_id", "A", "closes a circle: B > A > B"),
        (4, "parent_id", "A", "belongs to a row that is rejected"),
        (5, "parent_id", "D", "is the row itself"),
    ]
    assert set(Account.objects.values_list("name", flat=True)) == {"E", "F", "G"}


def test_an_account_of_an_unknown_parent_is_taken_without_it_and_joined_later(take: Take) -> None:
    rows = "account_id,name,parent_id\nB,Beta,\nG,Gamma,X9\nH,Hull,G\n"
    (note,) = (n for n in take({"accounts.csv": rows}).notes if "parent_id" in n)
    assert note.startswith("1 account taken without parent_id, which is unknown: the first is")
    assert "accounts.csv line 3, parent_id 'X9'" in note
    gamma = Account.objects.get(name="Gamma")
    assert (gamma.parent, gamma.path) == (None, f"/{gamma.pk}/")
    take({"accounts.csv": "account_id,name\nX9,Xenon\n"})
    assert not [n for n in take({"accounts.csv": rows}).notes if "parent_id" in n]
    gamma.refresh_from_db()
    xenon, hull = (Account.objects.get(name=name) for name in ("Xenon", "Hull"))
    assert gamma.parent == xenon
    assert hull.path == f"/{xenon.pk}/{gamma.pk}/{hull.pk}/"


def test_a_circle_through_what_is_already_there_is_seen(take: Take) -> None:
    rows = "account_id,name,parent_id\n"
    take({"accounts.csv": rows + "A,A,\nB,B,A\nC,C,B\n"})
    report = take({"accounts.csv": rows + "A,A,C\n"})
    assert [r.column for r in report.reject_sample] == ["parent_id"]
    assert Account.objects.get(name="A").parent is None


def test_an_unknown_account_is_rejected_with_the_nearest_name(take: Take) -> None:
    take({"accounts.csv": "account_id,name\nAcme Corp,Acme Corp\nBeta,Beta\n"})
    contacts = "contact_id,account_id,name\n1,Acme Crop,Ann\n2,acme corp,Bob\n3,Zeta,Cy\n"
    report = take({"contacts.csv": contacts})
    assert reasons(report) == [
        (2, "account_id", "Acme Crop", "is unknown: did you mean Acme Corp?"),
        (4, "account_id", "Zeta", "is unknown"),
    ]
    assert [c.account.name for c in Contact.objects.all()] == ["Acme Corp"]


def test_names_that_differ_in_blanks_only_are_joined_and_reported(take: Take) -> None:
    files = {
        "products.csv": "product_id,name\nGTX Pro,GTX Pro\nMG,MG\n",
        "accounts.csv": "account_id,name\nA,A\n",
        "opportunities.csv": "opportunity_id,account_id,name,stage,product_id\n1,A,x,Won,GTXPro\n",
    }
    report = take(files)
    assert [(p.spelling, p.means, p.accepted) for p in report.proposals] == [
        ("GTXPro", "GTX Pro", True)
    ]
    assert Opportunity.objects.get().product == Product.objects.get(name="GTX Pro")


def test_order_lines_alone_make_accounts_and_products_once(take: Take) -> None:
    head = "account_id,product_id,date,amount\n"
    report = take({"purchases.csv": head + "ALFKI,Tea,2024-01-02,5\nANATR,,2024-01-03,6\n"})
    assert set(Account.objects.values_list("name", flat=True)) == {"ALFKI", "ANATR"}
    assert [p.name for p in Product.objects.all()] == ["Tea"]
    assert "2 accounts made from rows that name them." in report.notes
    assert (report.first_on, report.last_on) == (date(2024, 1, 2), date(2024, 1, 3))
    assert take({"purchases.csv": head + "NEW,,2024-02-02,5\n"}).taken
    take({"accounts.csv": "account_id,name\nALFKI,Alfreds\n"})
    assert Account.objects.filter(name="Alfreds").count() == 1
    late = take({"purchases.csv": head + "NEVER,,2024-02-02,5\n"})
    assert (late.taken, reasons(late)) == (False, [(2, "account_id", "NEVER", "is unknown")])


def test_purchases_without_orders_replace_the_days_they_cover(take: Take) -> None:
    head = "account_id,product_id,date,amount\n"
    lines = head + "A,P,2024-01-02,5\nA,P,2024-01-02,5\nA,P,2024-02-01,7\n"
    assert take({"purchases.csv": lines}).replaced_purchases == 0
    assert take({"purchases.csv": lines}, dry_run=True).replaced_purchases == 3
    assert take({"purchases.csv": head + "A,P,2024-01-02,9\n"}).replaced_purchases == 2
    assert list(PurchaseLayer.objects.values_list("replaces", "rows")) == [
        ("dates", 3),
        ("dates", 1),
    ]


def test_purchases_with_orders_replace_those_orders(take: Take) -> None:
    head = "account_id,product_id,date,amount,order_id\n"
    take({"purchases.csv": head + "A,P,2024-01-02,5,1\nA,P,2024-01-02,6,2\n"})
    again = take({"purchases.csv": head + "A,P,2024-03-02,5,1\n"})
    assert again.replaced_purchases == 1
    assert [kept.layer.replaces for kept in purchase_layers()] == ["orders", "orders"]


def test_a_value_of_a_joined_file_is_rejected_where_it_stands(take: Take) -> None:
    files = {
        "orders.csv": 'id,who,on\n1,"A\nB",2024-01-02\n2,C,2024-13-45\n',
        "lines.csv": "order,price,qty\n1,5,2\n2,5,1\n3,1,1\n1,x,1\n",
    }
    columns = {
        "account_id": ColumnRule(column="who"),
        "date": ColumnRule(column="on"),
        "amount": ColumnRule(compute="price * qty"),
        "order_id": ColumnRule(column="order"),
    }
    joined = TableMapping("purchases", "lines.csv", columns, (Join("orders.csv", {"order": "id"}),))
    report = take(files, Mapping((joined,)))
    found = [(r.file, r.line, r.column, r.value, r.reason) for r in report.reject_sample]
    assert found == [
        ("orders.csv", 4, "on", "2024-13-45", "there is no such day (lines.csv line 3)"),
        ("lines.csv", 4, "order", "3", "has no row in orders.csv"),
        ("lines.csv", 5, "price", "x", "is not a number, or too large"),
    ]
    assert report.tables["purchases"].accepted == 1


def test_what_a_joined_file_refers_to_in_vain_is_rejected_where_it_stands(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    files = {
        "orders.csv": 'note,id,who,on\n"two\nlines",1,A1,2024-01-02\n-,2,A9,2024-01-03\n',
        "lines.csv": "order,price\n1,5\n2,6\n1,7\n2,8\n",
    }
    columns = {
        "account_id": ColumnRule(column="who"),
        "date": ColumnRule(column="on"),
        "amount": ColumnRule(column="price"),
    }
    joined = TableMapping("purchases", "lines.csv", columns, (Join("orders.csv", {"order": "id"}),))
    report = take(files, Mapping((joined,)))
    found = [(r.file, r.line, r.column, r.value, r.reason) for r in report.reject_sample]
    assert found == [
        ("orders.csv", 4, "who", "A9", "is unknown (lines.csv line 3)"),
        ("orders.csv", 4, "who", "A9", "is unknown (lines.csv line 5)"),
    ]


def test_an_order_whose_own_partner_is_missing_is_rejected_at_the_order(take: Take) -> None:
    files = {
        "customers.csv": "key,code\nK1,A1\n",
        "orders.csv": "id,who,on\n1,K1,2024-01-02\n2,K9,2024-01-03\n",
        "lines.csv": "order,price\n1,5\n1,6\n1,7\n2,8\n",
    }
    columns = {
        "account_id": ColumnRule(column="code"),
        "date": ColumnRule(column="on"),
        "amount": ColumnRule(column="price"),
    }
    joins = (Join("orders.csv", {"order": "id"}), Join("customers.csv", {"who": "key"}))
    report = take(files, Mapping((TableMapping("purchases", "lines.csv", columns, joins),)))
    found = [(r.file, r.line, r.column, r.value, r.reason) for r in report.reject_sample]
    reason = "has no row in customers.csv (lines.csv line 5)"
    assert found == [("orders.csv", 3, "who", "K9", reason)]
    assert report.tables["purchases"].accepted == 3


def test_a_joined_cell_without_a_partner_is_rejected_at_the_line_that_has_none(take: Take) -> None:
    files = {
        "orders.csv": "id,who\n1,A1\n",
        "lines.csv": "order,price,on\n1,5,2024-01-02\n2,6,2024-01-02\n",
    }
    columns = {
        "account_id": ColumnRule(column="who"),
        "date": ColumnRule(column="on"),
        "amount": ColumnRule(column="price"),
    }
    joins = (Join("orders.csv", {"order": "id"}, optional=True),)
    report = take(files, Mapping((TableMapping("purchases", "lines.csv", columns, joins),)))
    [reject] = report.reject_sample
    assert (reject.file, reject.line, reject.column) == ("lines.csv", 3, "who")


def test_persons_come_with_managers_and_teams_and_without_a_role(take: Take) -> None:
    users = "login,name,manager,team,role\nann,Ann,boss,North,Administrator\nbo,Bo,Ann,North,\n"
    assert "1 person made from rows that name it." in take({"users.csv": users}).notes
    ann, bo, boss = (Person.objects.get(login=login) for login in ("ann", "bo", "boss"))
    assert (bo.manager, ann.manager, boss.manager) == (ann, boss, None)
    assert bo.path == f"/{boss.pk}/{ann.pk}/{bo.pk}/"
    assert (ann.title, bo.team == ann.team) == ("Administrator", True)
    assert User.objects.count() == 0
    report = take({"accounts.csv": "account_id,name,owner\n1,A,ANN\n2,B,Bo\n3,C,nobody\n"})
    owners = dict(Account.objects.values_list("name", "owner__login"))
    assert owners == {"A": "ann", "B": "bo"}
    assert reasons(report) == [(4, "owner", "nobody", "is unknown")]


def test_stages_are_made_with_what_they_mean(take: Take) -> None:
    text = (
        "opportunity_id,account_id,name,stage,probability\n"
        "1,A,x,Closed Won,100\n2,A,y,Closed Lost,0\n3,A,z,Demo,40\n4,A,z,Legal,60\n"
    )
    file = canonical("opportunities.csv", text)
    take({"opportunities.csv": text}, Mapping((file,), stages={"Legal": StageRule("open", 0.9)}))
    stages = {s.name: (s.outcome, s.probability, s.confirmed) for s in Stage.objects.all()}
    assert stages == {
        "Closed Won": ("won", Decimal(1), True),
        "Closed Lost": ("lost", Decimal(0), True),
        "Demo": ("open", Decimal("0.4"), False),
        "Legal": ("open", Decimal("0.9"), False),
    }
    assert Opportunity.objects.get(name="y").probability == 0


def test_interactions_without_an_id_come_once(take: Take) -> None:
    files = {
        "accounts.csv": "account_id,name\nA,A\n",
        "interactions.csv": (
            "account_id,date,kind,subject,hours\nA,2024-01-02,Phone call,hi,1\n"
            "A,2024-01-02,call,hi,1\nA,2024-01-03,visit,hello,2\n"
        ),
    }
    take(files)
    assert Interaction.objects.count() == 3
    count = take(files).tables["interactions"]
    assert (count.created, count.unchanged, Interaction.objects.count()) == (0, 3, 3)


def test_quotas_are_told_apart_by_person_and_period(take: Take) -> None:
    users = "login,name\nann,Ann\n"
    quotas = "login,period_start,period_end,amount\nann,2024-01-01,2024-03-31,{}\n"
    take({"users.csv": users, "quotas.csv": quotas.format("5")})
    count = take({"quotas.csv": quotas.format("7")}).tables["quotas"]
    assert (count.created, count.updated) == (0, 1)
    assert Quota.objects.get().amount == 7
    bad = take(
        {"quotas.csv": "login,period_start,period_end,amount\nann,2024-03-31,2024-01-01,5\n"}
    )
    assert [r.reason for r in bad.reject_sample] == ["ends before it starts"]


def test_complete_files_archive_what_is_gone_and_bring_it_back(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS})
    take({"accounts.csv": "account_id,name\nA1,Acme\n"}, complete=True)
    assert [a.name for a in Account.objects.filter(archived_at__isnull=True)] == ["Acme"]
    take({"accounts.csv": ACCOUNTS})
    assert Account.objects.filter(archived_at__isnull=True).count() == 2


def test_columns_that_no_rule_uses_are_kept_as_attributes(take: Take) -> None:
    take({"accounts.csv": "account_id,name,extra\nA,A,gold\nB,B,\n"})
    assert Account.objects.get(name="A").attributes == {"extra": "gold"}
    assert Account.objects.get(name="B").attributes == {}


def test_ragged_lines_are_rejected_and_counted(take: Take) -> None:
    report = take({"accounts.csv": "account_id,name\nA,A\nB\n"})
    assert (report.tables["accounts"].read, report.tables["accounts"].rejected) == (2, 1)
    assert report.reject_sample[0].line == 3


def test_a_failure_in_the_end_leaves_nothing_behind(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("groundplan.intake.services.committing.audit_record", broken)
    with pytest.raises(RuntimeError):
        take(
            {"accounts.csv": ACCOUNTS, "purchases.csv": "account_id,date,amount\nA1,2024-01-01,1\n"}
        )
    assert (Account.objects.count(), SourceKey.objects.count()) == (0, 0)
    assert PurchaseLayer.objects.count() == 0
    assert ImportRun.objects.get().state == "failed"


def test_upper_rooms_are_told_after_an_import(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[bool, str]] = []
    monkeypatch.setattr(announcements, "_listeners", [])
    announcements.on_taken(lambda report, actor: told.append((report.taken, actor)))
    take({"accounts.csv": ACCOUNTS}, dry_run=True)
    take({"accounts.csv": ACCOUNTS})
    assert told == [(True, "system")]


def test_only_who_sees_all_may_import(home: Path, tmp_path: Path) -> None:
    viewer = Scope(1, "m", "manager")
    with pytest.raises(NotAllowed):
        import_run(viewer=viewer, source="crm", paths=[tmp_path])


def test_a_missing_file_is_named(home: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.csv"):
        import_run(viewer=SYSTEM, source="crm", paths=[tmp_path / "nowhere.csv"])


def test_files_that_feed_no_table_are_refused_with_the_reason(home: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("colour,shape\nred,round\nblue,square\n")
    with pytest.raises(InvalidInput, match=r"odd\.csv"):
        import_run(viewer=SYSTEM, source="crm", paths=[tmp_path / "odd.csv"])


def test_the_mapping_is_remembered_for_the_source(take: Take, tmp_path: Path) -> None:
    text = "Nr,Wer\n1,Acme\n"
    columns = {"account_id": ColumnRule(column="Nr"), "name": ColumnRule(column="Wer")}
    take({"liste.csv": text}, Mapping((TableMapping("accounts", "liste.csv", columns),)))
    (tmp_path / "liste.csv").write_text(text + "2,Beta\n")
    report = import_run(viewer=SYSTEM, source="crm", paths=[tmp_path / "liste.csv"])
    assert (report.tables["accounts"].created, report.tables["accounts"].unchanged) == (1, 1)
