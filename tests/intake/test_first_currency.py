"""The first import's currency becomes that of an organisation that nobody has set up."""

from pathlib import Path

import pytest
from pytest_django import Settings

from groundplan.intake.services import import_run
from groundplan.organisation.models import AuditEntry, Organisation
from groundplan.organisation.selectors import organisation
from groundplan.people.contracts import SYSTEM

pytestmark = pytest.mark.django_db

LINES = "account_id,date,amount,currency\nA,2025-01-02,10,{}\nB,2025-01-03,20,{}\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Settings) -> None:
    settings.GROUNDPLAN_HOME = tmp_path / "home"


def _notes(folder: Path, *currencies: str, dry_run: bool = False) -> str:
    path = folder / "purchases.csv"
    path.write_text(LINES.format(*currencies))
    report = import_run(viewer=SYSTEM, source="shop", paths=[path], dry_run=dry_run)
    return " ".join(report.notes)


def test_the_only_currency_of_a_first_import_is_taken_over_and_audited(tmp_path: Path) -> None:
    notes = _notes(tmp_path, "EUR", "EUR")
    assert "Amounts are in EUR, so the organisation's currency was set to EUR." in notes
    assert organisation().currency == "EUR"
    assert AuditEntry.objects.filter(action="organisation.currency-found").count() == 1


def test_two_currencies_change_nothing(tmp_path: Path) -> None:
    _notes(tmp_path, "EUR", "SEK")
    assert organisation().currency == "USD"


def test_amounts_without_a_currency_change_nothing(tmp_path: Path) -> None:
    _notes(tmp_path, "EUR", "")
    assert organisation().currency == "USD"


def test_a_later_import_changes_nothing(tmp_path: Path) -> None:
    _notes(tmp_path, "EUR", "SEK")
    _notes(tmp_path, "EUR", "EUR")
    assert organisation().currency == "USD"


def test_a_dry_run_only_tells(tmp_path: Path) -> None:
    assert "EUR" in _notes(tmp_path, "EUR", "EUR", dry_run=True)
    assert organisation().currency == "USD"


def test_a_currency_that_somebody_chose_stays(tmp_path: Path) -> None:
    Organisation.objects.create(pk=1, currency="CHF")
    assert "they count once there are rates for EUR" in _notes(tmp_path, "EUR", "EUR")
    assert organisation().currency == "CHF"
