"""What holds for the whole organisation, and the record of what was done."""

from django.db import models

from groundplan.kernel.ids import uuid7


class Organisation(models.Model):
    """The one organisation of an installation: a single row, id 1."""

    name = models.CharField(max_length=200, default="My organisation")
    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=64, default="UTC")
    fiscal_start_month = models.PositiveSmallIntegerField(default=1)
    fiscal_pattern = models.CharField(
        max_length=8, default="months", choices=[("months", "Calendar months"), ("445", "4-4-5")]
    )
    stale_after_days = models.PositiveIntegerField(default=180)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_organisation"),
            models.CheckConstraint(
                condition=models.Q(fiscal_start_month__range=(1, 12)), name="start_month_in_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FiscalPeriod(models.Model):
    """A fiscal month, quarter or year, written out: both ends belong to it."""

    kind = models.CharField(max_length=8)
    fiscal_year = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "fiscal_year", "number", name="one_period"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.fiscal_year}"


class CurrencyRate(models.Model):
    """What one unit of `currency` was worth in the organisation's currency from `date` on."""

    currency = models.CharField(max_length=3)
    date = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        constraints = [
            models.UniqueConstraint("currency", "date", name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"


class Stage(models.Model):
    """A stage of an opportunity, what it means and how likely it is to be won (0 to 1)."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"

    name = models.CharField(max_length=120, unique=True)
    outcome = models.CharField(max_length=4, choices=Outcome, default=Outcome.OPEN)
    probability = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    position = models.PositiveSmallIntegerField(default=0)
    confirmed = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(probability__range=(0, 1)), name="stage_probability_0_to_1"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """A piece of work that no page waits for. Its progress is kept apart, in `progress`."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    arguments = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "-requested_at"], name="job_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class AuditEntry(models.Model):
    """Who did what to what, when. Entries are only ever added."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="audit_latest"),
            models.Index(fields=["kind", "key"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.action}"
