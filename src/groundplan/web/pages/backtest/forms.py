"""What the form asks for."""

from datetime import date

from django.http import QueryDict


def asked(query: QueryDict) -> tuple[date | None, int | None]:
    """The cutoff and the months; None for what can't be read."""
    try:
        cutoff = date.fromisoformat(query.get("cutoff", ""))
    except ValueError:
        cutoff = None
    months = query.get("months", "")
    return cutoff, int(months) if months.isascii() and months.isdigit() else None
