"""Everything that is left out of a file's rows, as expressions of the mapping."""

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.suggest.deals.deal_lines import won_of
from groundplan.intake.suggest.headings.naming import squeezed
from groundplan.intake.suggest.leaving.charges import charges
from groundplan.intake.suggest.leaving.drafts import drafts
from groundplan.intake.suggest.leaving.footers import footers
from groundplan.intake.suggest.leaving.kinds import not_sold, not_yet_sold
from groundplan.intake.suggest.leaving.placeholders import placeholders
from groundplan.intake.suggest.leaving.states import cancelled, struck_out
from groundplan.intake.suggest.leaving.suppliers import suppliers
from groundplan.intake.suggest.leaving.texts import only_texts
from groundplan.intake.suggest.leaving.unissued import unissued
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, ticked
from groundplan.intake.suggest.values.evidence import Evidence

_OURS = ("issalesperson", "issalesrep", "isemployee", "isinternal")


def skips_of(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> tuple[str, ...]:
    """Expressions for the rows to leave out."""
    return (
        *_deleted(each, evidence),
        *_nobodys(each),
        *_no_employees(each, evidence),
        *placeholders(each, evidence),
        *suppliers(each, evidence),
        *cancelled(each, evidence),
        *unissued(each, evidence),
        *struck_out(each, evidence),
        *drafts(each, evidence),
        *not_yet_sold(each, evidence),
        *not_sold(each, evidence),
        *only_texts(each, evidence),
        *charges(each, evidence),
        *_not_won(each, evidence),
        *footers(each, rules, evidence),
    )


def _deleted(each: Candidate, evidence: Evidence) -> list[str]:
    return [
        ticked(profile.column)
        for profile in evidence.profiles[each.file].values()
        if squeezed(profile.heading) == "isdeleted" and not profile.empty
    ]


def _nobodys(each: Candidate) -> list[str]:
    """People that a list of pairs puts at no account are no contacts."""
    found = each.find("account_id") or each.find("account.name")
    partner = found[1] if found else None
    if each.table != "contacts" or found is None or partner is None or not partner.optional:
        return []
    part = "account_id" if each.find("account_id") else "account.name"
    return [f"empty({ticked(column_of(each, part))})"]


def _no_employees(each: Candidate, evidence: Evidence) -> list[str]:
    """People whom a flag of a list of all sorts of people tells not to be ours."""
    return not_ours(each.file, evidence) if each.table == "users" else []


def not_ours(file: str, evidence: Evidence) -> list[str]:
    """The expression of who of a list of people doesn't sell for us or work for us; empty where
    no flag tells."""
    flags = [
        (_OURS.index(squeezed(profile.heading)), profile.column)
        for profile in evidence.profiles[file].values()
        if squeezed(profile.heading) in _OURS and profile.share("flags") > 0.9 and profile.kinds > 1
    ]
    return [f"not ({ticked(min(flags)[1])})"] if flags else []


def _not_won(each: Candidate, evidence: Evidence) -> list[str]:
    won = won_of(each, evidence)
    return [f"not ({won})"] if won else []
