"""What sections, kinds, fields and states of plans are called."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise]

SECTIONS: Words = {
    "assessment": _("Assessment"),
    "team": _("Team assessment"),
    "whitespace": _("Whitespace"),
    "opportunities": _("Opportunities"),
    "strategies": _("Strategies"),
    "work": _("Initiatives and tactics"),
    "capacity": _("Hours"),
    "objectives": _("Objectives"),
    "goals": _("Goals"),
    "vision": _("Vision"),
    "risks": _("Risks and contingencies"),
    "contingencies": _("Contingencies"),
    "resources": _("Resources"),
    "accountability": _("Accountability"),
}
HINTS: Words = {
    "assessment": _("What is true of it today, judged, with what it is known from."),
    "team": _("How well we are placed for it inside our own company."),
    "whitespace": _("What look-alikes buy that is not bought here."),
    "opportunities": _("What could be sold, and which of it is worth the hours."),
    "strategies": _("How chosen opportunities will be exploited: at least two, at most five."),
    "work": _("Who does what by when, below the strategy that it serves."),
    "capacity": _("What the tactics ask of whom."),
    "objectives": _("Quantities to reach by a day; each measures a strategy."),
    "goals": _("What will have been accomplished, in words: never the quota."),
    "vision": _("Where this should be in three years."),
    "risks": _("What may go wrong, and the prepared answer to it."),
    "contingencies": _("The prepared answer to each risk, and the trigger that calls for it."),
    "resources": _("What the plan has and what it needs; the rest is the gap."),
    "accountability": _("Who works on it, who signs which part, and when it is reviewed next."),
}
TEN: Words = {
    "assessment": _("Assessment"),
    "team assessment": _("Team assessment"),
    "opportunity": _("Opportunity"),
    "goals": _("Goals"),
    "objectives": _("Objectives"),
    "approach": _("Approach"),
    "risks": _("Risks"),
    "contingencies": _("Contingencies"),
    "resources": _("Resources"),
    "accountability": _("Accountability"),
}
ORDERS: Words = {
    "build": _("Build order"),
    "present": _("Presentation"),
    "parts": _("Ten parts"),
}
KINDS: Words = {
    "answer": _("answer"),
    "opportunity": _("opportunity"),
    "goal": _("goal"),
    "strategy": _("strategy"),
    "objective": _("objective"),
    "initiative": _("initiative"),
    "tactic": _("tactic"),
    "risk": _("risk"),
    "contingency": _("contingency"),
    "resource": _("resource"),
    "plan": _("plan"),
    "member": _("member"),
}
ADD: Words = {
    "answer": _("Add an answer"),
    "opportunity": _("Add an opportunity"),
    "goal": _("Add a goal"),
    "strategy": _("Add a strategy"),
    "objective": _("Add an objective"),
    "initiative": _("Add an initiative"),
    "tactic": _("Add a tactic"),
    "risk": _("Add a risk"),
    "contingency": _("Add a contingency"),
    "resource": _("Add a resource"),
}
EDIT: Words = {
    "answer": _("Edit the answer"),
    "opportunity": _("Edit the opportunity"),
    "goal": _("Edit the goal"),
    "strategy": _("Edit the strategy"),
    "objective": _("Edit the objective"),
    "initiative": _("Edit the initiative"),
    "tactic": _("Edit the tactic"),
    "risk": _("Edit the risk"),
    "contingency": _("Edit the contingency"),
    "resource": _("Edit the resource"),
}
FIELDS: Words = {
    "title": _("Title"),
    "text": _("In detail"),
    "area": _("Area"),
    "question": _("Question"),
    "rating": _("Rating"),
    "account": _("Account"),
    "account_name": _("Account"),
    "product": _("Product"),
    "amount": _("Amount"),
    "probability": _("Probability"),
    "expected": _("Expected revenue"),
    "tier": _("Tier"),
    "evidence": _("Rests on"),
    "owner": _("Owner"),
    "who": _("Who"),
    "why_now": _("Why now"),
    "goals": _("Serves goals"),
    "goal": _("Serves goal"),
    "opportunities": _("Exploits opportunities"),
    "strategy": _("Measures strategy"),
    "metric": _("Metric"),
    "target": _("Target"),
    "per": _("Counted per"),
    "due_on": _("Due"),
    "category": _("Product category"),
    "channel": _("Channel"),
    "base": _("Base"),
    "actual": _("Actual, checked in"),
    "justification": _("Justification"),
    "customer_goal": _("Customer's own goal"),
    "hours": _("Hours planned"),
    "hours_logged": _("Hours spent"),
    "status": _("Status"),
    "reason": _("Reason"),
    "objectives": _("Works on objectives"),
    "sort": _("Sort"),
    "likelihood": _("Likelihood"),
    "impact": _("Impact"),
    "trigger": _("Trigger"),
    "have": _("Have"),
    "need": _("Need"),
    "unit": _("Unit"),
    "decision": _("Decision"),
    "vision": _("Vision"),
    "next_review_on": _("Next review"),
    "manager": _("First-line manager"),
    "state": _("State"),
    "parent": _("Below"),
    "position": _("Place"),
    "is_suggested": _("Suggested"),
    "person": _("Person"),
    "function": _("Function"),
    "section": _("Signs"),
    "code": _("Finding"),
    "period": _("Period"),
}
INSTEAD: Words = {
    "submit": _("Not undone: withdraw it until it is decided on."),
    "withdraw": _("Not undone: submit it again."),
    "return": _("Not undone: it is submitted again."),
    "accept": _("Not undone: an accepted plan is changed as its next version."),
    "begin": _("Not undone: it is changed as its next version, or closed."),
    "close": _("Not undone: whoever may accept it can reopen it."),
    "reopen": _("Not undone: close it again."),
    "revise": _("Not undone: the version as accepted is kept."),
    "sign": _("Not undone: a change of the section takes the signature back."),
    "unsign": _("Not undone: sign it again."),
    "waive": _("Not undone: the next version is waived anew."),
}
"""Why there is no undo of what is done to a plan as a whole, and what there is in its place."""
CHOICES: Words = {
    "": _("not said"),
    "assessment": _("assessment"),
    "team": _("team assessment"),
    "week": _("week"),
    "month": _("month"),
    "quarter": _("quarter"),
    "year": _("year"),
    "customer": _("customers"),
    "prospect": _("prospects"),
    "planned": _("planned"),
    "done": _("done"),
    "moved": _("moved"),
    "dropped": _("dropped"),
    "dependency": _("dependency"),
    "assumption": _("assumption"),
    "event": _("event"),
    "people": _("people"),
    "partner": _("partner"),
    "product": _("product mix"),
    "budget": _("budget"),
    "granted": _("granted"),
    "declined": _("declined"),
}
DEEDS: Words = {
    "create": _("began the plan"),
    "add": _("added"),
    "edit": _("edited"),
    "move": _("moved"),
    "remove": _("removed"),
    "copy": _("copied"),
    "keep": _("kept"),
    "undo": _("undid a change of"),
    "mark": _("marked"),
    "check_in": _("checked in"),
    "submit": _("submitted the plan"),
    "return": _("returned the plan"),
    "accept": _("accepted the plan"),
    "begin": _("began to carry it out"),
    "close": _("closed the plan"),
    "revise": _("began the next version"),
    "sign": _("signed"),
    "unsign": _("took the signature back"),
    "waive": _("waived"),
    "member_add": _("added to the team"),
    "member_remove": _("took off the team"),
    "prefill": _("suggested from facts"),
    "merge": _("merged accounts and so moved"),
    "unmerge": _("undid a merge of accounts and so moved back"),
    "withdraw": _("withdrew the plan"),
    "reopen": _("reopened the plan"),
}
STATES: Words = {
    "draft": _("draft"),
    "submitted": _("submitted"),
    "returned": _("returned"),
    "accepted": _("accepted"),
    "in_execution": _("in execution"),
    "closed": _("closed"),
}
SUBJECTS: Words = {"territory": _("territory plan"), "account": _("account plan")}
NO_RANGE: Words = {
    "not seen": _("It is of people whose numbers you don't see."),
    "not drawn": _("None has been drawn from the facts yet."),
    "over": _("This time is over: hold the target against what it brought."),
    "far ahead": _(
        "Ranges are drawn for the fiscal year that runs, for the next at its end, and for five "
        "quarters from now on."
    ),
    "not together": _("None was drawn of these people together: the next analysis draws it."),
}
WHY_NOT: Words = {
    "no facts": _("there are no results yet"),
    "not seen": _("they are of people whose numbers you don't see"),
    "no such part": _("no fact has such a category or channel"),
    "not by part": _("they don't tell it of such a part"),
}
SEVERITIES: Words = {"error": _("error"), "warning": _("warning"), "note": _("note")}


def field_word(name: str) -> str:
    return _word("field", name, get_language() or "")


def choice_word(value: str) -> str:
    return _word("choice", value, get_language() or "")


def section_word(code: str) -> str:
    return _word("section", code, get_language() or "")


def severity_word(code: str) -> str:
    return _word("severity", code, get_language() or "")


_WORDS = {"field": FIELDS, "choice": CHOICES, "section": SECTIONS, "severity": SEVERITIES}


@lru_cache(maxsize=1024)
def _word(of: str, code: str, _language: str) -> str:
    """Kept, because a page says the same few words hundreds of times."""
    return str(_WORDS[of].get(code, code.replace("_", " ")))
