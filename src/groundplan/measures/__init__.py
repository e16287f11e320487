"""One business question a folder: SQL stages and a thin Python; no Django, no clock.

A measure takes tables, parameters and an explicit day, and leaves tables behind; each `.sql` file
is a stage, kept as a table for those after it (`engine/stages.py`). In the order of an analysis:
`exposure` and `segments` say which accounts are alike and how often they buy anew, `whitespace`
what each could still buy, `ordering` in which order, `expected_revenue` what that and the pipeline
bring, `tiers` who comes first, `performance` how it goes against goals; `ranges` and `backtest`
look back to say how far all that can be trusted. docs/measures specifies each.
"""
