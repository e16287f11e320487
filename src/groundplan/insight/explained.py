"""Numbers that rooms above insight count: where the function is that explains each."""

_places: dict[str, str] = {}


def explained_at(measure: str, place: str) -> None:
    """Name the function that explains a measure by its dotted place; it takes a Question."""
    _places[measure] = place


def place_of(measure: str) -> str | None:
    return _places.get(measure)


def measures_elsewhere() -> tuple[str, ...]:
    return tuple(_places)
