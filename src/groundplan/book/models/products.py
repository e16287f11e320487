"""Products, their categories and who else sells there."""

from django.db import models

from groundplan.kernel.ids import uuid7


class ProductCategory(models.Model):
    """A group of products."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """Something we sell; `is_core` where the organisation says so."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=255)
    category = models.ForeignKey(ProductCategory, null=True, blank=True, on_delete=models.SET_NULL)
    is_core = models.BooleanField(null=True, blank=True)
    list_price = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CompetitorPosition(models.Model):
    """Why an account doesn't buy a product from us: a competitor, in-house, not applicable.

    A cell may have two: one that an import brought and one that a person set by hand, with an
    author and a reason. While the second is there it counts and the first waits beneath it, so
    that no import replaces what a person said.
    """

    class Position(models.TextChoices):
        COMPETITOR = "competitor"
        IN_HOUSE = "in_house"
        NOT_APPLICABLE = "not_applicable"

    account = models.ForeignKey("book.Account", on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    position = models.CharField(max_length=14, choices=Position)
    competitor = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    renewal_on = models.DateField(null=True, blank=True)
    by_hand = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("account", "product", "by_hand", name="one_position_a_cell")
        ]

    def __str__(self) -> str:
        return f"{self.position} at {self.account} for {self.product}"
