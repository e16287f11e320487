"""Plans, their parts, and what became of them.

All parts of all kinds are rows of one table: the graph is one thing, and adding, editing, moving,
removing, undoing, comparing and copying a part are the same for every kind. `rules.kinds` says
which fields a kind has; `contracts` has them typed.
"""

from django.db import models
from django.db.models import Q

from groundplan.kernel.ids import uuid7


class Plan(models.Model):
    """A territory's or an account's plan for a fiscal year or quarter.

    `period` is the period's key, FY2027 or FY2027-Q1. `number` counts versions: a plan that was
    accepted is changed as its next. `revision` counts changes of any part. `beside` is the plan
    that its owner had already of the account with which this one's was merged.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=12)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="plans")
    manager = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    account = models.ForeignKey(
        "book.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    period = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next"
    )
    beside = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=12, default="draft")
    number = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    vision = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-starts_on", "title", "pk"]
        indexes = [models.Index("owner", "starts_on", name="plan_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="territory", account__isnull=True)
                | Q(subject="account", account__isnull=False),
                name="account_plan_has_account",
            ),
            models.UniqueConstraint(
                "owner",
                "period",
                name="one_live_plan_of_a_territory",
                condition=Q(account__isnull=True) & ~Q(state="closed"),
            ),
            models.UniqueConstraint(
                "owner",
                "account",
                "period",
                name="one_live_plan_of_an_account",
                condition=Q(account__isnull=False, beside__isnull=True) & ~Q(state="closed"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanMember(models.Model):
    """Somebody of a plan's team and the section that they sign; an empty section signs nothing.

    A change of the section takes the signature back.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=80, blank=True)
    section = models.CharField(max_length=24, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("plan", "person", "section", name="one_part_of_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.section}".strip()


class PlanPart(models.Model):
    """A part of a plan: `values` holds the fields of its kind that aren't columns here.

    Owner, due date and status are columns because weeks are read by them over all plans. What is
    removed stays as a row, so that a change can be undone.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="below"
    )
    position = models.IntegerField(default=0)
    title = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, blank=True)
    values = models.JSONField(default=dict)
    is_suggested = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "kind", "position", "pk"]
        indexes = [
            models.Index("plan", "kind", "position", name="part_of_plan"),
            models.Index(
                "owner", "due_on", name="tactic_due", condition=Q(kind="tactic", removed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind


class PlanChange(models.Model):
    """One thing that somebody did to a plan: feeds undo, comparison, conflicts and history.

    `part` is the uid of what was changed, the plan's own where it is the head. `before` and
    `after` hold the fields that changed. `undoes` points at the change that this one took back.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    user_id = models.BigIntegerField(default=0)
    verb = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    part = models.UUIDField()
    label = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    group = models.UUIDField(null=True, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint("plan", "number", name="one_change_a_number")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"


class PlanVersion(models.Model):
    """The whole graph as it was when submitted or accepted, with the snapshot of its numbers.

    `graph` is canonical JSON, `sha256` its checksum. The check found `errors` (waived ones left
    out) and `warnings` in it then, and `facts` of `cited` pieces of evidence.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    revision = models.PositiveIntegerField()
    snapshot = models.UUIDField(null=True, blank=True)
    graph = models.TextField()
    sha256 = models.CharField(max_length=64)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    facts = models.PositiveIntegerField(default=0)
    cited = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number} {self.state}"


class Waiver(models.Model):
    """A finding that somebody with the right to accept waived by name, and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=40)
    where = models.CharField(max_length=40)
    reason = models.TextField()
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("plan", "code", "where", name="one_waiver_a_finding")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.where}"


class FindingSeverity(models.Model):
    """How serious the organisation holds a finding to be, where it differs from the rule's own."""

    code = models.CharField(max_length=40, unique=True)
    severity = models.CharField(max_length=8)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.severity}"
