"""The time zones that forms offer: places, and UTC."""

from zoneinfo import available_timezones

AREAS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)


def zone_choices(present: str = "UTC") -> list[tuple[str, str]]:
    """Each zone and how it reads; `present`, the one in force, is always among them.

    The database of zones also has names that change with the machine ("localtime"), that aren't
    one ("Factory") and abbreviations that know no summer time: nobody should have to choose there.
    """
    named = {zone for zone in available_timezones() if zone.partition("/")[0] in AREAS}
    return [(zone, zone.replace("_", " ")) for zone in sorted(named | {"UTC", present})]
