"""The import wizard, from files to facts, and who may see any of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import Cast

from groundplan.book.models import Account
from groundplan.intake.kinds import EXAMINE
from groundplan.intake.mapping.toml import mapping_from_toml
from groundplan.intake.models import Upload
from groundplan.intake.services.undoing import undo_work
from groundplan.intake.uploads import working
from groundplan.intake.uploads.contracts import BUSY
from groundplan.kernel.progress import Silent
from groundplan.organisation.models import Job
from groundplan.people.models import User
from groundplan.sources.models import ImportRun

SignIn = Callable[[User], Client]
ORDERS = (
    b"account_id,product_id,date,amount,order_id\r\n"
    b"A1,P1,2026-01-05,100.50,O1\r\n"
    b"A2,P1,2026-02-05,200,O2\r\n"
    b"A2,P2,not a day,10,O3\r\n"
)
WORK = {
    "upload.examine": working.examine,
    "upload.check": working.check,
    "upload.take": working.take,
}


@pytest.fixture
def leader(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.liam)


def send(client: Client, content: bytes = ORDERS, name: str = "orders.csv", **more: str) -> object:
    files = SimpleUploadedFile(name, content)
    return client.post("/imports/new/", {"source": "ERP", "files": files, **more})


def work() -> None:
    """Do what the worker would."""
    for job in Job.objects.filter(state="queued", kind__in=WORK):
        WORK[job.kind](Silent(), **job.arguments)
        job.state = Job.State.DONE
        job.save()


def uploaded(client: Client) -> Upload:
    send(client)
    work()
    return Upload.objects.get()


@pytest.mark.parametrize("name", ["olivia", "maya", "vic"])
def test_who_may_not_import_finds_no_imports(cast: Cast, signed_in: SignIn, name: str) -> None:
    upload = uploaded(signed_in(cast.liam))
    client = signed_in(getattr(cast, name))
    addresses = [
        "",
        "new/",
        *(f"uploads/{upload.uid}/{end}" for end in ("", "progress/", "mapping/")),
    ]
    addresses += [f"uploads/{upload.uid}/mapping.toml", f"{uuid4()}/", f"{uuid4()}/rejects.csv"]
    addresses += [f"uploads/{upload.uid}/rejects.csv"]
    for address in addresses:
        assert client.get(f"/imports/{address}").status_code == 404, address
    for end in ("mapping/", "check/", "take/", "discard/"):
        assert client.post(f"/imports/uploads/{upload.uid}/{end}").status_code == 404, end
    assert client.post("/imports/new/").status_code == 404


def test_somebody_elses_upload_stays_theirs(cast: Cast, signed_in: SignIn) -> None:
    upload = uploaded(signed_in(cast.liam))
    other = User.objects.create(email="ada@example.com", role="administrator")
    client = signed_in(other)
    assert client.get(f"/imports/uploads/{upload.uid}/").status_code == 404
    assert client.post(f"/imports/uploads/{upload.uid}/discard/").status_code == 404


def test_from_a_file_to_accounts(leader: Client) -> None:
    upload = uploaded(leader)
    address = f"/imports/uploads/{upload.uid}/"
    page = leader.get(address).content.decode()
    assert "orders.csv" in page
    assert "Purchases" in page
    leader.post(f"{address}mapping/", {"check": "1", **_form(page)})
    work()
    page = leader.get(address).content.decode()
    assert "not a day" in page
    assert not Account.objects.exists()
    leader.post(f"{address}take/")
    work()
    result = leader.get(address, follow=True)
    run = ImportRun.objects.get()
    assert result.redirect_chain[-1][0] == f"/imports/{run.uid}/"
    assert Account.objects.count() == 2
    page = result.content.decode()
    assert "Rows that were not taken" in page
    assert "not a day" in page
    rejects = b"".join(leader.get(f"/imports/{run.uid}/rejects.csv").streaming_content)  # type: ignore[attr-defined]
    assert b"not a day" in rejects
    assert b"orders.csv" in rejects
    assert "orders.csv" in leader.get("/imports/").content.decode()


def _form(page: str) -> dict[str, str]:
    """The selects of the mapping form as a browser would send them."""
    given = {}
    for select in page.split("<select ")[1:]:
        name = select.split('name="')[1].split('"')[0]
        chosen = [
            option for option in select.split("<option")[1:] if " selected" in option.split(">")[0]
        ]
        if chosen and "value=" in chosen[0]:
            given[name] = chosen[0].split('value="')[1].split('"')[0]
    return given


def test_nothing_is_taken_before_it_was_checked(leader: Client) -> None:
    upload = uploaded(leader)
    assert leader.post(f"/imports/uploads/{upload.uid}/take/").status_code == 409
    assert not ImportRun.objects.exists()


def test_a_changed_mapping_has_to_be_checked_again(leader: Client) -> None:
    upload = uploaded(leader)
    address = f"/imports/uploads/{upload.uid}/"
    leader.post(f"{address}mapping/", {"check": "1"})
    work()
    leader.post(f"{address}mapping/", {})
    assert leader.post(f"{address}take/").status_code == 409


def test_a_column_can_be_unmapped_and_another_chosen(leader: Client) -> None:
    upload = uploaded(leader)
    given = {"t0-order_id": "", "t0-product_id": "column:account_id"}
    leader.post(f"/imports/uploads/{upload.uid}/mapping/", given)
    upload.refresh_from_db()
    assert "order_id" not in upload.mapping.split("[")[-1]
    assert 'product_id = "account_id"' in upload.mapping


def test_a_file_can_be_left_out(leader: Client) -> None:
    upload = uploaded(leader)
    leader.post(f"/imports/uploads/{upload.uid}/mapping/", {"t0": ""})
    upload.refresh_from_db()
    assert 'ignored = ["orders.csv"]' in upload.mapping


def test_the_mapping_goes_out_and_in_as_toml(leader: Client) -> None:
    upload = uploaded(leader)
    address = f"/imports/uploads/{upload.uid}/mapping"
    text = leader.get(f"{address}.toml").content
    leader.post(f"{address}/", {"t0-order_id": ""})
    leader.post(f"{address}/", {"toml": SimpleUploadedFile("mapping.toml", text)})
    assert leader.get(f"{address}.toml").content == text


def test_a_toml_that_is_none_is_refused_with_its_line(leader: Client) -> None:
    upload = uploaded(leader)
    bad = SimpleUploadedFile("mapping.toml", b"tables = [\n")
    page = leader.post(f"/imports/uploads/{upload.uid}/mapping/", {"toml": bad}, follow=True)
    assert "no valid TOML" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "source"),
    [(b"x", "tool.exe", "ERP"), (b"a,b\n1,2\n", "a.csv", "  ")],
)
def test_what_cannot_be_read_is_refused_before_it_is_kept(
    leader: Client, content: bytes, name: str, source: str
) -> None:
    answer = send(leader, content, name, source=source)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert not Upload.objects.exists()


def test_a_file_name_leads_nowhere_else(leader: Client, settings: object) -> None:
    home = Path(settings.GROUNDPLAN_HOME)  # type: ignore[attr-defined]
    send(leader, ORDERS, "../../..%2f..\\evil$(x).csv")
    upload = Upload.objects.get()
    kept = (home / upload.folder / upload.files[0]["name"]).resolve()
    assert kept.parent == (home / upload.folder).resolve()
    assert kept.read_bytes() == ORDERS


def test_a_broken_file_says_so_and_can_be_forgotten(leader: Client, settings: object) -> None:
    send(leader, b"\x00\x01", "broken.xlsx")
    job = Job.objects.get(kind=EXAMINE)
    with pytest.raises(Exception, match=r".+"):
        working.examine(Silent(), **job.arguments)
    job.state = Job.State.FAILED
    job.save()
    upload = Upload.objects.get()
    page = leader.get(f"/imports/uploads/{upload.uid}/").content.decode()
    assert 'role="alert"' in page
    leader.post(f"/imports/uploads/{upload.uid}/discard/")
    assert not Upload.objects.exists()
    assert not (Path(settings.GROUNDPLAN_HOME) / upload.folder).exists()  # type: ignore[attr-defined]


def test_progress_is_answered_in_a_few_bytes_while_nothing_changes(leader: Client) -> None:
    send(leader)
    upload = Upload.objects.get()
    assert upload.options["step"] in BUSY
    address = f"/imports/uploads/{upload.uid}/progress/"
    first = leader.get(address, headers={"HX-Request": "true"})
    again = leader.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert again.status_code == 304
    work()
    over = leader.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert over["HX-Redirect"] == f"/imports/uploads/{upload.uid}/"


def test_an_upload_whose_worker_was_lost_is_not_stuck(leader: Client) -> None:
    send(leader)
    Job.objects.update(state=Job.State.FAILED, error="The worker stopped.")
    upload = Upload.objects.get()
    assert "The worker stopped." in leader.get(f"/imports/uploads/{upload.uid}/").content.decode()
    assert leader.post(f"/imports/uploads/{upload.uid}/discard/").status_code == 302


NAMES = (
    b"opportunity_id,account_id,name,stage,product_id\r\n"
    b"1,A,x,Won,GTXPro\r\n2,A,y,Won,MG Speciall\r\n3,A,z,Won,Zed\r\n"
)


def checked(client: Client, content: bytes = ORDERS, name: str = "orders.csv", **more: str) -> str:
    """The address of an upload that was checked."""
    send(client, content, name)
    work()
    address = f"/imports/uploads/{Upload.objects.latest('pk').uid}/"
    client.post(f"{address}mapping/", {"check": "1", **more})
    work()
    return address


@pytest.fixture
def named(leader: Client) -> str:
    """A check of deals whose products are called nearly as those of an earlier import."""
    send(leader, b"product_id,name\nGTX Pro,GTX Pro\nMG Special,MG Special\n", "products.csv")
    work()
    first = f"/imports/uploads/{Upload.objects.get().uid}/"
    leader.post(f"{first}mapping/", {"check": "1"})
    work()
    leader.post(f"{first}take/")
    work()
    return checked(leader, NAMES, "opportunities.csv")


def verdict(said: str, spelling: str, means: str) -> str:
    return json.dumps([said, "products", spelling, means])


def test_a_name_taken_for_another_is_shown_and_can_be_refused(leader: Client, named: str) -> None:
    page = leader.get(named).content.decode()
    assert "Is GTXPro the same as GTX Pro?" in page
    assert "Is MG Speciall the same as MG Special?" in page
    leader.post(f"{named}check/", {"near": verdict("apart", "GTXPro", "GTX Pro")})
    work()
    upload = Upload.objects.latest("pk")
    assert mapping_from_toml(upload.mapping).apart == {"products": ("GTXPro",)}
    assert upload.options["report"]["tables"]["opportunities"]["rejected"] == 3
    assert "Is GTXPro the same as GTX Pro?" in leader.get(named).content.decode()


def test_a_proposed_name_is_joined_and_a_decision_can_be_taken_back(
    leader: Client, named: str
) -> None:
    near = [verdict("same", "MG Speciall", "MG Special"), "", "no JSON", '["same", "people", 1]']
    leader.post(f"{named}check/", {"near": near})
    work()
    upload = Upload.objects.latest("pk")
    assert mapping_from_toml(upload.mapping).aliases == {"products": {"MG Speciall": "MG Special"}}
    assert upload.options["report"]["tables"]["opportunities"]["accepted"] == 2
    leader.post(f"{named}check/", {"near": verdict("apart", "MG Speciall", "MG Special")})
    upload.refresh_from_db()
    mapping = mapping_from_toml(upload.mapping)
    assert (mapping.aliases, mapping.apart) == ({}, {"products": ("MG Speciall",)})


def test_rejects_are_shown_by_reason_and_all_of_them_in_a_file(leader: Client) -> None:
    lines = b"".join(b"A1,P1,never,1,X%d\r\n" % n for n in range(40))
    address = checked(leader, ORDERS + lines)
    page = leader.get(address).content.decode()
    assert page.count("is not a date") == 2, "once in words and once as a label"
    answer = leader.get(f"{address}rejects.csv")
    assert b"".join(answer.streaming_content).count(b"never") == 40  # type: ignore[attr-defined]
    assert leader.get("/imports/uploads/" + str(uuid4()) + "/rejects.csv").status_code == 404


def test_a_check_that_was_made_again_elsewhere_is_looked_at_first(leader: Client) -> None:
    address = checked(leader)
    seen = str(Upload.objects.get().job_uid)
    leader.post(f"{address}check/")
    work()
    assert leader.post(f"{address}take/", {"check": seen}).status_code == 409
    now = str(Upload.objects.get().job_uid)
    assert leader.post(f"{address}take/", {"check": now}).status_code == 302


def test_columns_that_were_changed_in_another_tab_are_not_overwritten(leader: Client) -> None:
    upload = uploaded(leader)
    address = f"/imports/uploads/{upload.uid}/mapping/"
    tag = re.search(r'name="tag" value="(\w+)"', leader.get(address).content.decode())
    leader.post(address, {"t0": ""})
    upload.refresh_from_db()
    left_out = upload.mapping
    leader.post(address, {"t0": "purchases", "tag": tag[1] if tag else ""})
    upload.refresh_from_db()
    assert upload.mapping == left_out


def test_a_complete_file_says_what_it_takes_away_before_it_does(leader: Client) -> None:
    accounts = b"account_id,name\nA,Acme\nB,Beta\nC,Gamma\n"
    first = checked(leader, accounts, "accounts.csv")
    leader.post(f"{first}take/")
    work()
    address = checked(leader, accounts[:-8], "accounts.csv", complete="on")
    page = leader.get(address).content.decode()
    assert "<b>Accounts</b>: 1 would be archived" in page
    assert Account.objects.filter(archived_at__isnull=True).count() == 3


def test_the_second_file_is_understood_by_what_the_first_one_brought(leader: Client) -> None:
    """What is written there are names of accounts, not ids, because accounts are called so."""
    accounts = "account_id,name\n" + "".join(f"A{n},Alder Foods {n} Ltd\n" for n in range(30))
    first = checked(leader, accounts.encode(), "accounts.csv")
    leader.post(f"{first}take/")
    work()
    orders = "Kunde;Datum;Betrag\n" + "".join(
        f"Alder Foods {n} Ltd;2026-01-{n + 1:02};{n}0,5\n" for n in range(28)
    )
    send(leader, orders.encode(), "umsatz.csv")
    work()
    (table,) = mapping_from_toml(Upload.objects.latest("pk").mapping).tables
    assert (table.table, table.columns["account_id"].column) == ("purchases", "Kunde")
    assert table.match_by_name == ("account_id",)


def taken(client: Client) -> ImportRun:
    upload = uploaded(client)
    address = f"/imports/uploads/{upload.uid}/"
    client.post(f"{address}mapping/", {"check": "1"})
    work()
    client.post(f"{address}take/")
    work()
    return ImportRun.objects.latest("pk")


def test_an_import_is_undone_after_a_look_at_what_would_change(leader: Client) -> None:
    run = taken(leader)
    assert f"/imports/{run.uid}/undo/" in leader.get(f"/imports/{run.uid}/").content.decode()
    page = leader.get(f"/imports/{run.uid}/undo/").content.decode()
    assert "2 purchases go." in page
    assert Account.objects.count() == 2
    answer = leader.post(f"/imports/{run.uid}/undo/")
    job = Job.objects.get(kind="import.undo")
    assert answer["Location"] == f"/imports/{run.uid}/?job={job.uid}"
    assert 'id="undoing"' in leader.get(answer["Location"]).content.decode()
    undo_work(Silent(), **job.arguments)
    assert not Account.objects.exists()
    page = leader.get(f"/imports/{run.uid}/").content.decode()
    assert "Undone: what was there before is there again." in page
    assert f"/imports/{run.uid}/undo/" not in page
    assert "made from rows that name" in " ".join(run.notes)
    assert "made from rows that name" not in page, "what it had made is gone"
    again = leader.get(f"/imports/{run.uid}/undo/", follow=True).content.decode()
    assert "No such import stands." in again


def test_only_who_may_import_may_undo_an_import(cast: Cast, signed_in: SignIn) -> None:
    run = taken(signed_in(cast.liam))
    maya = signed_in(cast.maya)
    assert maya.get(f"/imports/{run.uid}/undo/").status_code == 404
    assert maya.post(f"/imports/{run.uid}/undo/").status_code == 404
    assert not Job.objects.filter(kind="import.undo").exists()
