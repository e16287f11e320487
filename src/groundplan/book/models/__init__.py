"""The facts that people work with."""

from .accounts import Account, AccountTeamMember, ProfileStatement
from .contacts import Contact, Interaction
from .goals import Quota
from .products import CompetitorPosition, Product, ProductCategory
from .selling import Lead, Opportunity

__all__ = [
    "Account",
    "AccountTeamMember",
    "CompetitorPosition",
    "Contact",
    "Interaction",
    "Lead",
    "Opportunity",
    "Product",
    "ProductCategory",
    "ProfileStatement",
    "Quota",
]
