"""What plans and their parts are called where something is said about them; keys are their uids."""

PLAN, PART = "plan", "plan_part"
