"""Which table each file feeds."""

from collections.abc import Mapping

from groundplan.engine.facts import TABLES
from groundplan.intake.suggest.deals.deal_lines import deal_lines, sold_otherwise
from groundplan.intake.suggest.files.by_references import (
    additions,
    lists_referred_to,
    own_customers,
    repeating,
    sellers_lists,
)
from groundplan.intake.suggest.files.canonical import canonical
from groundplan.intake.suggest.files.companies_and_people import companies_in, mixed_in
from groundplan.intake.suggest.files.missing_columns import why_no_table
from groundplan.intake.suggest.files.not_facts import journals, why_not_facts
from groundplan.intake.suggest.files.second_lists import second_lists
from groundplan.intake.suggest.matching.candidates import Candidate, candidate
from groundplan.intake.suggest.orders.counted_twice import sales_told_elsewhere
from groundplan.intake.suggest.orders.dependencies import scores_by_values
from groundplan.intake.suggest.orders.fill_down import filled_down
from groundplan.intake.suggest.references.referents import REFERENCES, Referent, extra_of, referents
from groundplan.intake.suggest.values.evidence import Evidence


def picked(
    evidence: Evidence, known: Mapping[str, str]
) -> tuple[dict[str, Candidate], dict[str, str]]:
    """The best table of each file that has one, and why the others have none.

    Each file is judged by itself first; what stays doubtful is judged again by what it refers to
    and by what refers to it. `known` as for `suggest`.
    """
    chosen: dict[str, Candidate] = {}
    reasons = journals(evidence)
    evidence.set_aside(reasons)
    doubtful: dict[str, Candidate] = {}
    for file in evidence.files:
        own = canonical(file, evidence.profiles[file].values())
        if own is not None:
            chosen[file] = own
            continue
        mixed = mixed_in(file, evidence)
        if mixed is not None:
            chosen[file] = companies_in(file, mixed, evidence)
            continue
        reason = why_not_facts(file, evidence)
        every = [
            candidate(table, file, evidence, scores_by_values(table, file, evidence))
            for table in TABLES
        ]
        best = max((each for each in every if each.taken), key=_rank, default=None)
        if reason or best is None:
            reasons[file] = reason or why_no_table(every, evidence.profiles[file].values())
            doubtful |= {} if reason else {file: max(every, key=_complete)}
        else:
            chosen[file] = filled_down(best, evidence)
    chosen |= _referring(doubtful, referents(chosen.values(), evidence, known), evidence)
    chosen |= _none_else(chosen, doubtful, evidence)
    chosen |= own_customers(chosen, evidence)
    lines_of_deals = deal_lines(chosen, evidence)
    chosen |= lines_of_deals
    chosen |= lists_referred_to(chosen, evidence)
    chosen |= second_lists(chosen, evidence)
    chosen |= sellers_lists(chosen, evidence)
    reasons = {file: why for file, why in reasons.items() if file not in chosen}
    return chosen, reasons | _nothing_new(chosen, evidence)


def _nothing_new(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, str]:
    """Takes out of `chosen` the files that add nothing to what others say; why, by file."""
    reasons: dict[str, str] = {}
    for file, other in additions(chosen, evidence).items():
        del chosen[file]
        reasons[file] = f"its rows only add to those of {other}"
    for file, other in repeating(chosen, evidence).items():
        del chosen[file]
        reasons[file] = f"its rows only name those of {other}"
    for file, other in sold_otherwise(chosen, evidence).items():
        del chosen[file]
        sold = f"{other} tells what was sold" if other else "nothing tells which of them were won"
        reasons[file] = f"its lines are those of deals; {sold}"
    for header, lines in dict(_headers(chosen)).items():
        del chosen[header]
        reasons[header] = f"its columns are added to the rows of {lines}"
    for file, other in sales_told_elsewhere(chosen, evidence).items():
        del chosen[file]
        reasons[file] = f"its sales are those that {other} tells"
    return reasons


def _referring(
    doubtful: Mapping[str, Candidate], targets: Mapping[str, Referent], evidence: Evidence
) -> dict[str, Candidate]:
    """Files that are tables of facts once it is seen that columns hold keys or names of lists."""
    found = {}
    for file in doubtful:
        every = []
        for table in REFERENCES if targets else ():
            told = extra_of(Candidate(table, file, {}, 0.0, ()), targets, evidence)
            if told:
                every.append(
                    candidate(table, file, evidence, scores_by_values(table, file, evidence) | told)
                )
        best = max((each for each in every if each.taken), key=_rank, default=None)
        if best is not None:
            found[file] = filled_down(best, evidence)
    return found


_FACTS = ("purchases", "opportunities")
_ENOUGH_ALONE = 0.45


def _complete(each: Candidate) -> tuple[bool, float]:
    return not each.missing and each.table in _FACTS, each.score


def _none_else(
    chosen: dict[str, Candidate], doubtful: dict[str, Candidate], evidence: Evidence
) -> dict[str, Candidate]:
    """A file that has all that orders or deals need, where no file is surer to be that; with it
    those of the very same columns, such as a workbook's sheets of other years."""
    fed = {each.table for each in chosen.values()}
    alone = [each for each in doubtful.values() if _complete(each)[0] and each.table not in fed]
    best = max(alone, key=_rank, default=None)
    if best is None or best.score < _ENOUGH_ALONE:
        return {}
    columns = evidence.files[best.file].columns
    return {
        each.file: filled_down(each, evidence)
        for each in alone
        if each.table == best.table and evidence.files[each.file].columns == columns
    }


def _rank(each: Candidate) -> float:
    return each.score


def _headers(chosen: dict[str, Candidate]) -> list[tuple[str, str]]:
    """Files that only give lines what they lack: taken as well, they would count twice."""
    return [
        (partner.file, each.file)
        for each in chosen.values()
        for partner in each.partners
        if not partner.first and partner.file in chosen and partner.file != each.file
        if chosen[partner.file].table == each.table
    ]
