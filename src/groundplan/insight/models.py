"""Kept results, and what people set or overrule about them."""

from django.db import models

from groundplan.kernel.ids import uuid7


class AnalysisRun(models.Model):
    """One run of the measures over a snapshot. Its tables lie in `folder` below the home.

    `parameters` is everything the run depended on besides the snapshot; `summary` holds the few
    figures that describe the run itself (segments chosen and their gain, thresholds, counts).
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    snapshot = models.ForeignKey("snapshots.Snapshot", on_delete=models.CASCADE)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    folder = models.CharField(max_length=300)
    parameters = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"analysis {self.uid}"


class AccountResult(models.Model):
    """What a run found about one account, in the organisation's currency: what lists sort by.

    Written in short batches and seen by nobody until the pointer names the run; foreign keys
    carry no constraint and no index of their own because a run writes a row for every account.
    """

    run = models.ForeignKey(
        AnalysisRun, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    account = models.ForeignKey(
        "book.Account",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="results",
    )
    tier = models.CharField(max_length=1)
    score = models.FloatField()
    segment = models.CharField(max_length=200)
    owned_products = models.IntegerField()
    revenue_12m = models.DecimalField(max_digits=18, decimal_places=4)
    revenue_prior_12m = models.DecimalField(max_digits=18, decimal_places=4)
    recognised = models.DecimalField(max_digits=18, decimal_places=4)
    backlog = models.DecimalField(max_digits=18, decimal_places=4)
    weighted = models.DecimalField(max_digits=18, decimal_places=4)
    whitespace = models.DecimalField(max_digits=18, decimal_places=4)
    expected = models.DecimalField(max_digits=18, decimal_places=4)
    goal = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    last_purchase_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("run", "account", name="one_result_an_account")]
        indexes = [
            models.Index(fields=["run", "-expected", "account"], name="result_by_expected"),
        ]

    def __str__(self) -> str:
        return f"result for account {self.account_id}"


class Characteristic(models.Model):
    """A weighted rule that makes an account more or less likely to buy."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200)
    attribute = models.CharField(max_length=80)
    operator = models.CharField(max_length=20)
    value = models.JSONField(null=True)
    weight = models.FloatField(default=1)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class InsightSettings(models.Model):
    """How results are computed: one row, id 1. Empty `segment_by` means chosen automatically."""

    tier_by = models.CharField(
        max_length=6, default="score", choices=[("score", "Score"), ("count", "Count")]
    )
    tier_a_from = models.FloatField(null=True)
    tier_b_from = models.FloatField(null=True)
    segment_by = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_insight_settings")
        ]

    def __str__(self) -> str:
        return "insight settings"


class TierOverride(models.Model):
    """A person's decision on an account's tier, with the reason; it may expire."""

    account = models.OneToOneField("book.Account", on_delete=models.CASCADE)
    tier = models.CharField(max_length=1)
    reason = models.CharField(max_length=500)
    author = models.CharField(max_length=200)
    at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tier__in=["A", "B", "C"]), name="override_is_a_tier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.tier}"
