"""What every file says of the numbers in it."""

from groundplan.kernel import clock
from groundplan.organisation.selectors import organisation
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import Provenance


def provenance_of(
    viewer: Scope,
    current: CurrentSnapshot,
    *,
    formulas: tuple[tuple[str, str], ...],
    selection: tuple[tuple[str, str], ...] = (),
    remarks: tuple[str, ...] = (),
) -> Provenance:
    """Numbers of the `current` snapshot, written now for the viewer."""
    return Provenance(
        organisation=organisation().name,
        currency=current.currency,
        snapshot=str(current.uid),
        as_of=current.as_of,
        taken_at=current.taken_at,
        written_at=clock.now(),
        written_for=viewer.actor,
        formulas=formulas,
        selection=selection,
        remarks=remarks,
    )
