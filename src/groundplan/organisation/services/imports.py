"""What imports bring for the whole organisation: stages and currency rates."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from groundplan.organisation.models import CurrencyRate, Stage


@dataclass(frozen=True, slots=True)
class NewStage:
    """A stage that nobody has settled yet; `probability` 0 to 1."""

    name: str
    outcome: Literal["open", "won", "lost"]
    probability: Decimal
    confirmed: bool


def stages_ensure(*, stages: Mapping[str, NewStage]) -> dict[str, int]:
    """The id of every stage by its name in lower case; `stages` are made where they are new."""
    known = {name.casefold(): pk for name, pk in Stage.objects.values_list("name", "id")}
    new = [stage for stage in stages.values() if stage.name.casefold() not in known]
    first = Stage.objects.count()
    Stage.objects.bulk_create(
        Stage(
            name=stage.name,
            outcome=stage.outcome,
            probability=stage.probability,
            position=first + place,
            confirmed=stage.confirmed,
        )
        for place, stage in enumerate(new)
    )
    return {name.casefold(): pk for name, pk in Stage.objects.values_list("name", "id")}


def rates_import(*, rates: list[tuple[str, str, str]]) -> None:
    """Sets rates of (currency, ISO date, rate), over any already there for the day."""
    CurrencyRate.objects.bulk_create(
        (
            CurrencyRate(currency=currency, date=day, rate=Decimal(rate))
            for currency, day, rate in rates
        ),
        batch_size=300,
        update_conflicts=True,
        unique_fields=["currency", "date"],
        update_fields=["rate"],
    )
