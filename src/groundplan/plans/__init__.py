"""Plans: one graph of parts, its check, its history and its acceptance.

`contracts` has a plan as frozen values and `rules` everything that can be decided from those alone:
what kinds of parts there are (`rules/kinds.py`), the plan check (`rules/findings`, a file a rule),
differences, copies, who may do what. `models` keeps all parts as rows of one table. `selectors`
reads plans and what facts say about them, `services` writes them, a module a verb.
"""
