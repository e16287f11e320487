"""What plans and their parts are called where something is said about them.

Keys are their uids. Under TACTICS a plan is told of to whoever has something to do in it, also
where they don't see the plan itself.
"""

PLAN, PART, TACTICS = "plan", "plan_part", "plan_tactics"
OBJECTIVES_COUNTED = {
    "objective.meetings": "meetings",
    "objective.campaigns": "campaigns",
    "objective.coverage": "coverage",
    "objective.new_logos": "new_logos",
}
"""The measures that lead to the rows behind an objective's count, and what each counts."""
