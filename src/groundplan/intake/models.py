"""What intake keeps: purchase layers, remembered mappings, uploads under way."""

from django.db import models

from groundplan.kernel.ids import uuid7


class PurchaseLayer(models.Model):
    """The purchases of one import as immutable Parquet files in `folder` below the home.

    A layer replaces earlier purchases of its source: those with its order ids (`orders`), those
    within its dates (`dates`), or all of them (`all`). Those that no undo can need any more are
    folded: the layer of the latest then holds what was left of all, `folded` of them.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.ForeignKey("sources.SourceSystem", on_delete=models.PROTECT)
    run = models.ForeignKey("sources.ImportRun", on_delete=models.PROTECT)
    folder = models.CharField(max_length=300)
    replaces = models.CharField(max_length=6)
    rows = models.BigIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    manifest = models.JSONField(default=dict)
    folded = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.rows} purchases from {self.first_on} to {self.last_on}"


class RememberedMapping(models.Model):
    """The mapping last used for a source, as TOML: the next file needs none."""

    source = models.OneToOneField("sources.SourceSystem", on_delete=models.CASCADE)
    toml = models.TextField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mapping of {self.source}"


class Upload(models.Model):
    """Files a person is importing through the wizard, before anything is taken."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE)
    source_name = models.CharField(max_length=120, blank=True)
    folder = models.CharField(max_length=300)
    files = models.JSONField(default=list)
    mapping = models.TextField(blank=True)
    options = models.JSONField(default=dict)
    job_uid = models.UUIDField(null=True)
    run = models.ForeignKey("sources.ImportRun", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"upload {self.uid}"
