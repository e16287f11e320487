"""Accounts, who works on them and what is known about them."""

from django.db import models

from groundplan.kernel.ids import uuid7


class Account(models.Model):
    """A company or a division of one.

    `path` lists the ids from the top company down to this account, as `/1/5/9/`; `root_id` is its
    first. `revenue_goal` is for one fiscal year. `attributes` holds a source's extra columns.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=255)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="divisions"
    )
    path = models.CharField(max_length=400, blank=True)
    # Without an index of its own: one below starts with the owner, here as elsewhere.
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, db_index=False, on_delete=models.SET_NULL
    )
    industry = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=200, blank=True)
    segment = models.CharField(max_length=200, blank=True)
    employees = models.BigIntegerField(null=True, blank=True)
    annual_revenue = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    website = models.CharField(max_length=400, blank=True)
    is_customer = models.BooleanField(null=True, blank=True)
    revenue_goal = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # Whether an account is archived too, so that an owner's are found without reading them.
            models.Index(fields=["owner", "archived_at", "name", "id"], name="account_of_owner"),
            models.Index(fields=["name", "id"], name="account_by_name"),
            models.Index(fields=["path"], name="account_by_path"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountTeamMember(models.Model):
    """A person besides the owner who works on an account, and so sees it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE)
    function = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("account", "person", name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.person} on {self.account}"


class ProfileStatement(models.Model):
    """A dated statement about an account: a fact with its source, or an assumption without one."""

    class Topic(models.TextChoices):
        FINANCIAL_ENVIRONMENT = "financial_environment"
        TARGET_MARKETS = "target_markets"
        PRODUCT_LINES = "product_lines"
        MARKET_DYNAMICS = "market_dynamics"
        MARKET_POSITION = "market_position"
        POLITICAL_LANDSCAPE = "political_landscape"
        CULTURE = "culture"
        BUYING_HABITS = "buying_habits"
        SUCCESS_MEASURES = "success_measures"
        KEY_INITIATIVES = "key_initiatives"
        CHALLENGES = "challenges"
        CUSTOMER_GOALS = "customer_goals"
        REVENUE_TARGETS = "revenue_targets"

    class Confidence(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="statements")
    topic = models.CharField(max_length=24, choices=Topic)
    text = models.TextField()
    source = models.CharField(max_length=300, blank=True)
    as_of = models.DateField()
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.MEDIUM)
    author = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    superseded_by = models.OneToOneField("self", null=True, on_delete=models.SET_NULL)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "topic", "-as_of"], name="profile_of_account")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_fact(self) -> bool:
        return bool(self.source)
