"""Amounts that no rate covers are said on every page."""

from collections.abc import Callable

from django.test import Client
from tests.conftest import Cast, SmallBook

from groundplan.insight.models import AnalysisRun
from groundplan.people.models import User
from groundplan.snapshots import excluded
from groundplan.snapshots.excluded import excluded_line
from groundplan.snapshots.selectors import current


def test_pages_say_what_is_not_counted_for_lack_of_a_rate(
    results: AnalysisRun,
    book: SmallBook,
    cast: Cast,
    signed_in: Callable[[User], Client],
    monkeypatch: object,
) -> None:
    kept = {
        "excluded": {
            "purchases": {"EUR": {"rows": 12, "amount": "1234567.0000"}},
            "opportunities": {"GBP": {"rows": 1, "amount": "500.0000"}},
        }
    }
    monkeypatch.setattr(excluded, "manifest_of", lambda folder: kept)  # type: ignore[attr-defined]
    page = signed_in(cast.olivia).get("/accounts/").content.decode()
    assert "not counted, without a rate on their day: EUR 1,234,567 (12 purchases)" in page
    assert "GBP 500 (1 opportunities)" in page
    kept["excluded"] = {"purchases": {}, "opportunities": {}}
    snapshot = current()
    assert snapshot is not None
    assert excluded_line(snapshot) == ""
