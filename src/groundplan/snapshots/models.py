"""Which snapshots exist and which one everybody sees."""

from django.db import models

from groundplan.kernel.ids import uuid7


class Snapshot(models.Model):
    """An immutable, dated copy of the facts, in the folder `folder` below the home."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    taken_at = models.DateTimeField()
    as_of = models.DateField()
    folder = models.CharField(max_length=300)
    manifest_sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=dict)
    pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"snapshot of {self.as_of}"


class Current(models.Model):
    """The pointer: one row that names the snapshot and the results that everybody sees.

    Committed when both are complete, so that results appear at once.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    results_uid = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_current_snapshot")
        ]

    def __str__(self) -> str:
        return "current snapshot"
