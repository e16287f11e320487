"""Contacts and what happened with them."""

from django.db import models

from groundplan.kernel.ids import uuid7


class Contact(models.Model):
    """A person at an account; reports to another contact there."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    account = models.ForeignKey(
        "book.Account", db_index=False, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    department = models.CharField(max_length=200, blank=True)
    seniority = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    reports_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    last_contacted_on = models.DateField(null=True, blank=True)
    buying_role = models.CharField(max_length=40, blank=True)
    stance = models.CharField(max_length=20, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "name"], name="contact_of_account")]

    def __str__(self) -> str:
        return self.name


class Interaction(models.Model):
    """A meeting, call, e-mail or campaign touch on a day."""

    class Kind(models.TextChoices):
        MEETING = "meeting"
        CALL = "call"
        EMAIL = "email"
        CAMPAIGN = "campaign"
        OTHER = "other"

    account = models.ForeignKey("book.Account", db_index=False, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL)
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=300, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-date"], name="interaction_of_account")]

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"
