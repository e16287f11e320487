"""Codes of explanations put into words."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

Word = str | Promise

TITLES: dict[str, Word] = {
    "revenue.recognised": lazy("Recognised revenue"),
    "revenue.backlog": lazy("Backlog"),
    "revenue.actual": lazy("Actual revenue"),
    "revenue.forecast": lazy("Forecast"),
    "revenue.12m": lazy("Revenue of the last 12 months"),
    "revenue.prior_12m": lazy("Revenue of the 12 months before"),
    "revenue.total": lazy("Revenue so far"),
    "pipeline.weighted": lazy("Weighted pipeline"),
    "pipeline.open": lazy("Open pipeline"),
    "goal": lazy("Revenue goal"),
    "goal.gap": lazy("Gap to goal"),
    "goal.attained": lazy("Goal attained"),
    "pace": lazy("Pace"),
    "pace.elapsed": lazy("Time elapsed"),
    "expected": lazy("Expected revenue"),
    "whitespace.total": lazy("Whitespace"),
    "whitespace.competitor": lazy("Whitespace at competitors"),
    "whitespace.expected": lazy("Expected revenue of a product"),
    "whitespace.probability": lazy("Probability of a first purchase"),
    "whitespace.amount": lazy("Typical first-year amount"),
    "tier.score": lazy("Tier score"),
    "tier.accounts": lazy("Accounts in the tier"),
    "accounts.count": lazy("Accounts"),
    "contacts.count": lazy("Contacts"),
    "objective.meetings": lazy("Meetings that an objective counts"),
    "objective.campaigns": lazy("Campaigns that an objective counts"),
    "objective.coverage": lazy("Coverage that an objective counts"),
    "objective.new_logos": lazy("New logos that an objective counts"),
    "account.fact": lazy("A fact of the account"),
    "tier.trial": lazy("Accounts, by rules that are only tried"),
    "tier.trial.change": lazy("Change, by rules that are only tried"),
    "accounts.needs": lazy("Accounts that need attention"),
    "range.p10": lazy("Revenue that nine of ten outcomes pass (P10)"),
    "range.p50": lazy("Revenue that half of all outcomes pass (P50)"),
    "range.p90": lazy("Revenue that one of ten outcomes passes (P90)"),
    "range.certain": lazy("Bought so far in the fiscal year or quarter"),
    "range.booked": lazy("Bought for the days to come"),
    "range.weighted": lazy("Open opportunities by their probability"),
}

FORMULAS: dict[str, Word] = {
    "revenue.recognised": lazy("Sum of recognised order lines dated in the period."),
    "revenue.backlog": lazy(
        "Sum of order lines on order, not yet recognised, due within the period."
    ),
    "revenue.actual": lazy("Recognised revenue plus backlog of the period."),
    "revenue.forecast": lazy("Recognised revenue plus backlog plus weighted pipeline."),
    "revenue.12m": lazy("Sum of order lines in the 12 months before the as-of date."),
    "revenue.prior_12m": lazy("Sum of order lines from 24 to 12 months before the as-of date."),
    "revenue.total": lazy("Sum of all order lines up to the as-of date."),
    "pipeline.weighted": lazy(
        "Amount times probability of each open opportunity that closes in the period. Overdue "
        "ones count on the as-of date."
    ),
    "pipeline.open": lazy(
        "Amounts of the open opportunities that close in the period. Overdue ones count on the "
        "as-of date."
    ),
    "goal": lazy("Quotas, each by the share of its days that lie in the period."),
    "goal.account": lazy("The account's revenue goal for the fiscal year."),
    "goal.account.share": lazy(
        "The account's revenue goal for the fiscal year, by the share of its days in the period."
    ),
    "goal.gap": lazy("Forecast less revenue goal: below zero, the goal is missed by that much."),
    "goal.attained": lazy("Actual revenue as a share of the revenue goal."),
    "pace": lazy("Share of the goal attained over the share of time gone: above 100% is ahead."),
    "expected": lazy("Weighted pipeline plus whitespace of the account."),
    "whitespace.total": lazy(
        "Expected revenue of every product that is not owned, has no open opportunity and is not "
        "held by a competitor, in-house or inapplicable."
    ),
    "whitespace.competitor": lazy("Expected revenue of the products that a competitor supplies."),
    "whitespace.expected": lazy("Probability times typical first-year amount."),
    "whitespace.probability": lazy(
        "First purchases of look-alikes within %(months)s months, out of those that could have "
        "made one, drawn towards the product's rate over all accounts: "
        "p = (%(adopted)s + %(strength)s × %(rate)s) ÷ (%(exposed)s + %(strength)s). For the 12 "
        "months to come 1 − (1 − p)^%(hazard)s, as first purchases became rarer or more frequent."
    ),
    "whitespace.amount": lazy(
        "What look-alikes bought of the product in their first 12 months with it, drawn towards "
        "the product's usual first year. Exceptionally large orders count up to a cap."
    ),
    "tier.score": lazy("Sum of the weights of the characteristics that the account has."),
    "tier.count": lazy("Number of the characteristics that the account has."),
    "tier.accounts": lazy("Accounts that the tier was given to."),
    "accounts.count": lazy("Accounts that the viewer may see."),
    "contacts.count": lazy("People known at the account."),
    "objective.meetings": lazy(
        "Meetings at the plan's accounts of the objective's tier and base, from the plan's first "
        "day to today or the objective's day."
    ),
    "objective.campaigns": lazy(
        "Campaigns at the plan's accounts: touches with one subject are one campaign, those "
        "without a subject one for each day."
    ),
    "objective.coverage": lazy(
        "Accounts that anybody was in touch with since the plan's first day, of all of the plan's "
        "accounts of the objective's tier and base."
    ),
    "objective.new_logos": lazy(
        "Accounts of the plan that bought for the first time since its first day; where the "
        "objective is of a category or channel, what they bought on that day was of it."
    ),
    "fact.stated": lazy("As the account's record says it, from its source or whoever edited it."),
    "fact.contacts": lazy("People known at the account when these facts were published."),
    "fact.growth": lazy(
        "Revenue of the last 12 months over that of the 12 months before, less one."
    ),
    "fact.owned": lazy("Products that the account has bought, each counted once."),
    "fact.purchase": lazy("Days from the last purchase to the as-of date."),
    "fact.interaction": lazy("Days from the last interaction to the as-of date."),
    "fact.open_opportunities": lazy("Open opportunities of the account."),
    "fact.open_pipeline": lazy("Amounts of the account's open opportunities."),
    "tier.trial": lazy(
        "Accounts that the draft's characteristics and thresholds give this, on the facts of this "
        "snapshot. Those whose tier a person set are counted apart."
    ),
    "tier.trial.change": lazy("Accounts in the tier by the draft, less those in it now."),
    "needs.owner": lazy("Accounts that nobody owns."),
    "needs.touch": lazy("Accounts where nobody was in touch for 90 days."),
    "needs.name": lazy("Accounts where nobody is known by name."),
    "needs.thread": lazy("Customers where only one person is known."),
    "needs.close": lazy("Accounts with an open opportunity past its close date."),
    "needs.facts": lazy("Accounts with a statement that has grown stale."),
    "needs.description": lazy("Accounts without an industry or a number of employees."),
}

_DRAWN = lazy(
    "Two thousand outcomes were drawn for the days from %(from)s to %(to)s: each customer goes on "
    "buying as a look-alike did in the past, all of them in the same stretch of time, and each "
    "open opportunity is won or not. The parts are their average: an outcome is not their sum."
)
FORMULAS |= {
    "range.p10": _DRAWN,
    "range.p50": _DRAWN,
    "range.p90": _DRAWN,
    "range.certain": lazy(
        "Sum of order lines from the first day of the fiscal year or quarter to the as-of date."
    ),
    "range.booked": lazy("Sum of order lines that are dated in the days to come of the range."),
    "range.weighted": lazy(
        "Amount times probability of each open opportunity that is to close in the days to come of "
        "the range; overdue ones are to close in the period that runs."
    ),
}

PARTS: dict[str, Word] = {
    "adopted": lazy("First purchases in those months"),
    "exposed": lazy("Look-alikes that could have bought"),
    "rate": lazy("Rate over all accounts"),
    "strength": lazy("Weight of that rate, in accounts"),
    "hazard": lazy("Exponent for the 12 months to come"),
    "prior_amount": lazy("The product's usual first year"),
    "first_years": lazy("First years of look-alikes, together"),
    "years": lazy("First years counted"),
    "average": lazy("Their average"),
    "competitor_cells": lazy("Products at competitors"),
    "owned": lazy("Products owned"),
    "range.continuing": lazy("What customers go on to buy"),
    "range.first": lazy("First purchases of new customers"),
    "objective.reached": lazy("Accounts in touch"),
    "objective.accounts": lazy("Accounts"),
}

HEADINGS: dict[str, Word] = {
    "account": lazy("Account"),
    "product": lazy("Product"),
    "person": lazy("Person"),
    "date": lazy("Date"),
    "subject": lazy("Subject"),
    "touches": lazy("Touches"),
    "amount": lazy("Amount"),
    "status": lazy("Status"),
    "order": lazy("Order"),
    "file": lazy("File"),
    "line": lazy("Line"),
    "stage": lazy("Stage"),
    "close_on": lazy("Closes"),
    "probability": lazy("Probability"),
    "weighted": lazy("Weighted"),
    "expected": lazy("Expected"),
    "whitespace": lazy("Whitespace"),
    "category": lazy("Category"),
    "segment": lazy("Segment"),
    "period_start": lazy("From"),
    "period_end": lazy("To"),
    "quota": lazy("Quota"),
    "goal": lazy("Revenue goal"),
    "days": lazy("Days of it"),
    "days_in": lazy("Days in the period"),
    "share": lazy("Counts"),
    "characteristic": lazy("Characteristic"),
    "rule": lazy("Rule"),
    "value": lazy("The account's value"),
    "weight": lazy("Weight"),
    "points": lazy("Points"),
    "matched": lazy("Has it"),
    "tier": lazy("Tier"),
    "score": lazy("Score"),
    "contact": lazy("Contact"),
    "title": lazy("Title"),
    "department": lazy("Department"),
    "first_on": lazy("First purchase"),
    "last_on": lazy("Last"),
    "fact": lazy("Fact"),
    "source": lazy("Says"),
    "was": lazy("Tier now"),
    "becomes": lazy("Tier then"),
    "met": lazy("Characteristics met"),
    "cells": lazy("Products left"),
}

VALUES: dict[str, Word] = {
    "recognised": lazy("recognised"),
    "backlog": lazy("backlog"),
    "yes": lazy("yes"),
    "no": lazy("no"),
    "mine": lazy("My accounts"),
    "team": lazy("My team"),
    "all": lazy("Everybody"),
    "customer": lazy("customers"),
    "prospect": lazy("prospects"),
}


def worded(codes: Mapping[str, Word], code: str) -> str:
    """The words for a code; the code itself where it is the user's own word."""
    return str(codes.get(code, code))


def sentence(code: str, words: Mapping[str, object]) -> str:
    """A formula with its parameters filled in."""
    text = worded(FORMULAS, code)
    if "%(" not in text:
        return text
    return text % {
        name: date_format(word) if isinstance(word, date) else word for name, word in words.items()
    }


def hidden_line(accounts: int | None) -> str:
    """What is said of rows at other people's accounts."""
    if accounts is None:
        return _("Fewer than five accounts that you don't work on")
    return _("%(count)d accounts that you don't work on") % {"count": accounts}
