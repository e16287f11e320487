"""What stages mean, and in which order they come."""

from decimal import Decimal

from django.db import transaction

from groundplan.kernel.errors import InvalidInput, NotFound
from groundplan.organisation.contracts import Viewer
from groundplan.organisation.models import Stage

from .audit import audit_record
from .permission import administrator_required


@transaction.atomic
def stage_update(
    *, viewer: Viewer, stage_id: int, outcome: str, probability: Decimal, position: int
) -> Stage:
    """Say what a stage means; doing so confirms it. `probability` is 0 to 1.

    A won stage is certain and a lost one hopeless, whatever was given. Raises NotAllowed,
    NotFound or InvalidInput.
    """
    administrator_required(viewer)
    stage = Stage.objects.select_for_update().filter(pk=stage_id).first()
    if stage is None:
        raise NotFound("There is no such stage.")
    wanted = _wanted(outcome, probability, position)
    changed = {
        name: {"from": str(getattr(stage, name)), "to": str(value)}
        for name, value in wanted.items()
        if getattr(stage, name) != value
    }
    if not changed:
        return stage
    for name, value in wanted.items():
        setattr(stage, name, value)
    stage.save()
    audit_record(
        viewer_actor=viewer.actor,
        action="stage.update",
        kind="stage",
        key=str(stage.pk),
        label=stage.name,
        detail=changed,
    )
    return stage


def _wanted(outcome: str, probability: Decimal, position: int) -> dict[str, object]:
    """The stage's fields as they are to be; InvalidInput for what can't be."""
    if outcome not in Stage.Outcome.values:
        raise InvalidInput("A stage is open, won or lost.", field="outcome")
    if not 0 <= probability <= 1:
        raise InvalidInput("A probability is 0 to 100 %.", field="probability")
    if not 0 <= position <= 32767:
        raise InvalidInput("A position is a number from 0 on.", field="position")
    certain = {Stage.Outcome.WON: Decimal(1), Stage.Outcome.LOST: Decimal(0)}
    return {
        "outcome": outcome,
        "probability": certain.get(Stage.Outcome(outcome), probability),
        "position": position,
        "confirmed": True,
    }
