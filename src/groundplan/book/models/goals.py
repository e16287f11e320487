"""The numbers that people and accounts are held to."""

from django.db import models


class Quota(models.Model):
    """What a person is to bring in from one day to another, both included."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="quotas")
    period_start = models.DateField()
    period_end = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", "period_start", "period_end", name="one_quota_a_period"
            ),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="quota_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"quota of {self.person} from {self.period_start}"
