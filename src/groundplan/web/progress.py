"""The bar of revenue and pipeline against a goal, as every table of amounts draws it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from groundplan.charts import Goal, Part, bullet
from groundplan.kernel.figures import Figure

Amount = Decimal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Draws bars in one currency and size; its words are looked up once for all of them."""

    currency: str
    recognised: str
    backlog: str
    weighted: str
    goal: str
    width: int | None
    height: int

    def bar(
        self, recognised: Amount, backlog: Amount, weighted: Amount, goal: Amount
    ) -> SafeString:
        """Recognised, backlog and weighted one after another, a tick where there is a goal."""
        parts = (
            Part("recognised", self.recognised, self._money(recognised)),
            Part("backlog", self.backlog, self._money(backlog)),
            Part("weighted", self.weighted, self._money(weighted)),
        )
        tick = Goal(self.goal, self._money(goal)) if goal else None
        drawn = bullet(parts, tick, width=self.width, height=self.height)
        return mark_safe(drawn)  # noqa: S308 - the charts room escapes what it is given

    def _money(self, value: Amount) -> Figure:
        return Figure(value, "money", self.currency)


def progress(currency: str, *, width: int | None = None, height: int = 14) -> Progress:
    """Bars of `width` pixels, None for the column's whole width, in the reader's language."""
    words = (_("Recognised"), _("Backlog"), _("Weighted pipeline"), _("Goal"))
    return Progress(currency, *words, width=width, height=height)
