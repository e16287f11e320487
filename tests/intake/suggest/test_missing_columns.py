"""What is said of a file that lacks a column that nothing can stand in for."""

from pathlib import Path

from .staged import suggested


def test_deals_that_name_nobody_are_refused_with_what_they_lack(tmp_path: Path) -> None:
    text = "Verkaufschance-Nr,Produktgruppe,Region,Ergebnis,Umsatz,Tage offen\n"
    for n in range(60):
        state = ("Gewonnen", "Verloren")[n % 2]
        text += f"{7000 + n},Gruppe {n % 4},{('Nord', 'West')[n % 2]},{state},{1000 + 7 * n},{n}\n"
    with suggested(tmp_path, {"analyse.csv": text}) as found:
        assert found.mapping.tables == ()
        why = found.reason("analyse.csv")
    assert why.startswith("nearest to opportunities, but lacks account_id")
    assert "no column tells who buys" in why
