"""What a user keeps for themselves, and what people say to each other about anything."""

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


class Comment(models.Model):
    """What somebody said about a thing of another room, named by (kind, key)."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    user = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL)
    author = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index("kind", "key", name="comment_on")]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Notice(models.Model):
    """Something that a user is told about a thing; `code` names the sentence."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    actor = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index("user", name="notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.code
