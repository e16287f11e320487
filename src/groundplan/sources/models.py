"""Where rows came from, and what people changed about them since."""

from django.db import models

from groundplan.kernel.ids import uuid7


class SourceSystem(models.Model):
    """A system that exports come from; named by whoever imports, never by a file's name."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """The id that a source gives to one of our rows: (source, kind, key) -> target_id.

    `target_id` is the row's id in book or people: a value, since those rooms know this one. A
    merge repoints keys, so a re-import can't bring the loser back.
    """

    # Without an index of its own: the constraint below starts with the source.
    source = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=255)
    target_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("source", "kind", "key", name="one_key_a_source")]
        indexes = [models.Index(fields=["kind", "target_id"], name="key_by_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ImportRun(models.Model):
    """One import: which files, under which mapping, and what became of their rows."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        NOTHING = "nothing"
        FAILED = "failed"
        UNDONE = "undone"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey(SourceSystem, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    actor = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files = models.JSONField(default=list)
    mapping = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    rejects_path = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"import {self.uid}"


class FieldOverride(models.Model):
    """A person's edit of an imported field, which imports leave alone.

    `base` is what the source said when the person decided. `incoming` is what it says by now, set
    where that is neither: a conflict for a person to settle.
    """

    kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    base = models.JSONField(null=True)
    edited = models.JSONField(null=True)
    incoming = models.JSONField(null=True)
    in_conflict = models.BooleanField(default=False)
    author = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "target_id", "field", name="one_override_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}.{self.field}"


class Redirect(models.Model):
    """The address of a row that was merged into another still leads somewhere."""

    kind = models.CharField(max_length=20)
    loser_uid = models.UUIDField()
    winner_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "loser_uid", name="one_redirect")]

    def __str__(self) -> str:
        return f"{self.kind} {self.loser_uid}"


class Merge(models.Model):
    """Two rows that became one, and what the loser had, so that they can be told apart again.

    `kept` is JSON: what this room took from the loser beside what the room of the rows did.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    winner_id = models.BigIntegerField()
    loser_id = models.BigIntegerField()
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "winner_id"], name="merge_by_winner")]

    def __str__(self) -> str:
        return f"{self.kind} {self.loser_id} into {self.winner_id}"
