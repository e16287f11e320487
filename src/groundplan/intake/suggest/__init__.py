"""Which table each file feeds and which column is what: proposed from headings and values.

`suggesting` is where it begins and ends; what it asks lies below, each folder importing only from
those under it:

    suggesting    files in, a proposed mapping out, with what speaks for each part of it
    deriving      matched columns become a table's rules: renames, and what has to be computed
    files         which table a file feeds, if any, and which further tables its rows feed
    leaving       rows left out: totals, drafts, cancelled orders, offers, freight, suppliers
    deals         opportunities: their stages, their outcome, the products on them
    orders        order lines: amounts, currencies, the same sale in two files
    references    what a column refers to: keys, names, and the lists where both stand
    matching      one file against one table: which column is which part, which file it is joined to
    documents     words for kinds and states of documents: offer, invoice, credit, cancelled ...
    values        what columns hold, depend on and refer to: `Profile` and `Evidence`
    headings      what headings say, whatever a system's spelling, language and habits

Beside the road stand `attributes` (extra columns worth keeping), `doubts` (what to tell a person
about a suggestion that nobody looked at) and `nonsense` (what is refused even so).

Words that come up everywhere here: a *part* is what a column may be for a table, either one of its
own columns (`amount`) or a fact about what it refers to (`account.name`); a *candidate* is one file
read as one table, with a *match* (a column and how sure it is) for each part that was found; a
*partner* is another file whose columns are joined to the candidate's rows; *evidence* answers every
question about values, each asked of the database once. To teach it a new kind of export, look for
the folder whose question the export gets wrong. No rule may know a system by name: it goes by what
headings mean and what values show, so that exports nobody has seen come out right as well.
"""

from groundplan.intake.suggest.doubts import doubts
from groundplan.intake.suggest.references.near_names import near_names
from groundplan.intake.suggest.suggesting import Known, suggest

__all__ = ["Known", "doubts", "near_names", "suggest"]
