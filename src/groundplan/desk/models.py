"""What a user keeps for themselves."""

from django.db import models

from groundplan.kernel.ids import uuid7


class SavedView(models.Model):
    """A page's filters, sort and columns under a name; `query` is the address's query."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE)
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    query = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint("user", "page", "name", name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name
