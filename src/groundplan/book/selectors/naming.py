"""Names for ids that columns carry."""

from dataclasses import dataclass
from uuid import UUID

from groundplan.book.models import Product


@dataclass(frozen=True, slots=True)
class ProductName:
    """A product as a page calls it."""

    product_id: int
    uid: UUID
    name: str
    category: str


def product_names() -> dict[int, ProductName]:
    """Every product by id, archived ones too: a snapshot may still hold them."""
    rows = Product.objects.values_list("pk", "uid", "name", "category__name")
    return {pk: ProductName(pk, uid, name, category or "") for pk, uid, name, category in rows}
