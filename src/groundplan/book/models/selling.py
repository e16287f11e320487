"""Opportunities and leads."""

from django.db import models

from groundplan.kernel.ids import uuid7


class Opportunity(models.Model):
    """A deal that may be won at an account. Whether it is open follows from its stage.

    `probability` (0 to 1) is the source's own; where it is empty the stage's counts. `grounds`
    are what spoke for it where a person chose it from the whitespace: `book.contracts.Grounds`.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey(
        "book.Account", db_index=False, on_delete=models.CASCADE, related_name="opportunities"
    )
    product = models.ForeignKey("book.Product", null=True, blank=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, db_index=False, on_delete=models.SET_NULL
    )
    stage = models.ForeignKey("organisation.Stage", on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    probability = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    margin = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    close_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    competitor = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    grounds = models.JSONField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "close_on"], name="opportunity_of_account"),
            models.Index(fields=["owner", "close_on"], name="opportunity_of_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class Lead(models.Model):
    """Somebody who showed interest, before it is an opportunity."""

    account = models.ForeignKey("book.Account", null=True, blank=True, on_delete=models.CASCADE)
    name = models.CharField(max_length=255, blank=True)
    date = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey("book.Product", null=True, blank=True, on_delete=models.SET_NULL)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL)
    status = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | ~models.Q(name=""),
                name="lead_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"lead at {self.account}"
