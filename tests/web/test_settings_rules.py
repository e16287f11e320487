"""Settings of segments, characteristics and tiers."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.analysed_book import analysed_book
from tests.conftest import TODAY, Cast, SmallBook
from tests.worlds import KeptWorld

from groundplan.insight.models import Characteristic, InsightSettings
from groundplan.insight.services import analyse
from groundplan.insight.tier_overrides import tiers_override
from groundplan.kernel import clock
from groundplan.organisation.models import AuditEntry, Job
from groundplan.people.contracts import SYSTEM
from groundplan.people.models import Role, User

SignIn = Callable[[User], Client]
TIERS = "/settings/characteristics/"
LOOKED = ("segments/", "characteristics/")
TRIED = ("edit/", "trial/", "values/0/", "movers.csv")
KEPT = ("keep/", "back/1/")
SENT = (*TRIED, *KEPT)
LARGE = {
    "name-0": "Large",
    "attribute-0": "employees",
    "operator-0": "at_least",
    "was-0": "employees number",
    "value-0": "250",
    "weight-0": "2",
    "active-0": "on",
}


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create(email="ada@example.com", name="Ada", role=Role.ADMINISTRATOR)


@pytest.fixture
def analysed(kept_world: KeptWorld[SmallBook]) -> SmallBook:
    return kept_world(analysed_book)


def draft(client: Client, **more: object) -> dict[str, object]:
    """One rule as the form sends it, begun from what is in force."""
    found = re.search(r'name="mark" value="(\w+)"', client.get(TIERS).content.decode())
    assert found
    return {"mark": found[1], "row": ["0"], "by": "score", "mode": "follow", **LARGE, **more}


def thens(page: str) -> list[int]:
    """How many accounts would be A, B and C."""
    return [int(n) for n in re.findall(r'data-then="\w"><[^>]*data-value="(\d+)"', page)]


@pytest.mark.parametrize("name", ["olivia", "maya", "vic", "oscar"])
def test_for_everybody_below_a_leader_there_are_no_rules(
    cast: Cast, signed_in: SignIn, name: str
) -> None:
    client = signed_in(getattr(cast, name))
    for address in LOOKED:
        assert client.get(f"/settings/{address}").status_code == 404
    for address in SENT:
        assert client.post(f"{TIERS}{address}", {"row": "0", **LARGE}).status_code == 404


def test_a_leader_tries_and_keeps_nothing(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.liam)
    assert client.get(TIERS).status_code == 200
    for address in TRIED:
        assert client.post(f"{TIERS}{address}", {"row": "0", **LARGE}).status_code == 200
    for address in KEPT:
        assert client.post(f"{TIERS}{address}", {"row": "0", **LARGE}).status_code == 403
    assert not Characteristic.objects.exists()
    assert client.post("/settings/segments/", {"segment_by": "industry"}).status_code == 403
    assert not Characteristic.objects.exists()


def test_a_draft_is_kept_as_a_whole_and_undone(administrator: User, signed_in: SignIn) -> None:
    client = signed_in(administrator)
    client.post(f"{TIERS}keep/", draft(client, mode="sums", a_from="2", b_from="1"))
    made = Characteristic.objects.get()
    assert (made.name, made.value, made.weight) == ("Large", 250.0, 2.0)
    assert InsightSettings.objects.get().tier_a_from == 2
    assert Job.objects.filter(kind="analyse", state="queued").count() == 1
    changed = draft(client, **{"name-0": "Huge", "uid-0": str(made.uid), "value-0": "900"})
    client.post(f"{TIERS}keep/", changed)
    assert Characteristic.objects.get().uid == made.uid
    entry = AuditEntry.objects.filter(action="characteristic.set").latest("pk")
    assert "changed Huge; thresholds" in client.get(TIERS).content.decode()
    client.post(f"{TIERS}back/{entry.pk}/")
    assert Characteristic.objects.get().name == "Large"
    assert InsightSettings.objects.get().tier_a_from == 2
    assert "went back: changed Large; thresholds" in client.get(TIERS).content.decode()


def test_a_draft_begun_before_anothers_change_is_refused(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    stale = draft(client, **{"name-0": "Mine"})
    client.post(f"{TIERS}keep/", draft(client))
    answer = client.post(f"{TIERS}keep/", stale)
    assert (answer.status_code, Characteristic.objects.get().name) == (422, "Large")
    assert "meanwhile" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("value-0", "many"), ("value-0", ""), ("name-0", ""), ("weight-0", "")),
        *(("weight-0", "nan"), ("attribute-0", "shoe_size"), ("a_from", "1")),
    ],
)
def test_a_draft_that_makes_no_sense_is_not_kept(
    administrator: User, signed_in: SignIn, field: str, value: str
) -> None:
    client = signed_in(administrator)
    given = draft(client, mode="sums", a_from="9", b_from="5") | {field: value}
    assert client.post(f"{TIERS}keep/", given).status_code == 422
    assert not Characteristic.objects.exists()
    assert client.post(f"{TIERS}trial/", given).status_code == 200


def test_the_buttons_of_a_row_change_the_draft_alone(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)

    def after(do: str) -> str:
        given = draft(client, **{"row": ["0", "1"], "name-1": "Second", "do": do})
        return client.post(f"{TIERS}edit/", given).content.decode()

    assert after("down:0").index('id="rule-1"') < after("down:0").index('id="rule-0"')
    assert "Large (copy)" in after("copy:0")
    assert 'name="removed-0"' in after("remove:0")
    assert 'id="rule-2"' in after("add")
    assert not Characteristic.objects.exists()


def test_only_conditions_that_fit_the_fact_are_offered(
    administrator: User, signed_in: SignIn, analysed: SmallBook
) -> None:
    analysed.alder.attributes = {"Renewal": "2027-01-01", "Score": 3}
    analysed.alder.save()
    with clock.fixed(TODAY):
        analyse()
    client = signed_in(administrator)
    for attribute, fits, not_fits in (
        ("employees", "between", "contains"),
        ("industry", "contains", "at_least"),
        ("attributes.Renewal", "on_or_after", "at_least"),
        ("attributes.Score", "at_least", "contains"),
        ("products", "owns_category", "is_known"),
    ):
        given = draft(client, **{"attribute-0": attribute, "do": "show"})
        page = client.post(f"{TIERS}edit/", given).content.decode()
        assert f'<option value="{fits}"' in page
        assert f'<option value="{not_fits}"' not in page


def test_values_to_choose_from_are_those_that_accounts_have(
    administrator: User, signed_in: SignIn, analysed: SmallBook
) -> None:
    client = signed_in(administrator)
    rule = {"attribute-0": "industry", "operator-0": "in", "was-0": "industry list"}
    given = draft(client, **rule, **{"value-0": ["Steel"], "sought-0": "foo"})
    page = client.post(f"{TIERS}values/0/", given).content.decode()
    assert re.findall(r' value="(\w+)"( checked)?', page) == [("Steel", " checked"), ("Food", "")]
    rule = {"attribute-0": "products", "operator-0": "owns_product", "was-0": "products none"}
    page = client.post(f"{TIERS}edit/", draft(client, **rule, do="show")).content.decode()
    assert str(analysed.widget.uid) in page


def test_the_preview_counts_every_account_once_and_names_who_moves(
    analysed: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    for a_from in ("-100", "1", "100"):
        given = draft(client, mode="sums", a_from=a_from, b_from="-100")
        page = client.post(f"{TIERS}trial/", given).content.decode()
        counts = thens(page)
        assert sum(counts) == 6
        assert (counts[0] == 6) is (a_from == "-100")
    everybody = draft(client, mode="sums", a_from="-100", b_from="-100")
    named = client.post(f"{TIERS}trial/", everybody).content.decode().count('class="name grow"')
    csv = b"".join(client.post(f"{TIERS}movers.csv", everybody).streaming_content)  # type: ignore[attr-defined]
    assert 0 < named == len(csv.decode().splitlines()) - 1
    with clock.fixed(TODAY):
        tiers_override(viewer=SYSTEM, uids=[analysed.alder.uid], tier="C", reason="Lost")
        page = client.post(f"{TIERS}trial/", everybody).content.decode()
    assert sum(thens(page)) == 5
    assert not Characteristic.objects.exists()


def test_shares_are_kept_as_the_sums_that_reach_them(
    analysed: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    given = draft(client, mode="shares", a_share="100", ab_share="100")
    assert thens(client.post(f"{TIERS}trial/", given).content.decode()) == [6, 0, 0]
    client.post(f"{TIERS}keep/", given)
    kept = InsightSettings.objects.get()
    assert kept.tier_a_from == kept.tier_b_from == 0


def test_thresholds_alone_leave_the_default_set_as_it_is(
    analysed: SmallBook, administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    page = client.get(TIERS).content.decode()
    names = r'<input[^>]* name="([\w-]+)"(?: type="number" step="any")?[^>]* value="([^"]*)"'
    given: dict[str, list[str]] = {}
    for name, value in re.findall(names, page):
        given.setdefault(name, []).append(value)
    for name, body in re.findall(r'<select[^>]* name="([\w-]+)"(.*?)</select>', page):
        given[name] = re.findall(r'value="([^"]*)" selected', body)
    given |= {f"active-{key}": ["on"] for key in given["row"]}
    given |= {"mode": ["sums"], "a_from": ["3"], "b_from": ["1"]}
    client.post(f"{TIERS}keep/", given)
    assert InsightSettings.objects.get().tier_a_from == 3
    assert not Characteristic.objects.exists()


def test_the_editor_asks_the_database_the_same_whatever_the_rules(
    analysed: SmallBook,
    administrator: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = signed_in(administrator)
    given = draft(client)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.post(f"{TIERS}trial/", given)
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        client.get(TIERS)


def test_segments_are_chosen_and_left_to_groundplan_again(
    administrator: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    client.post("/settings/segments/", {"segment_by": ["industry", "region"]})
    assert InsightSettings.objects.get().segment_by == ["industry", "region"]
    client.post("/settings/segments/", {})
    assert InsightSettings.objects.get().segment_by == []
