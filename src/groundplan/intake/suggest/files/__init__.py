"""Which table each file feeds, if any, and which further tables its rows feed.

`picking` decides: a file in our own columns is taken at its word (`canonical`), one about something
else is set aside (`not_facts`), others go to the table they fit best, or to the one that other
files' references show them to be (`by_references`); one of companies and people feeds two tables
(`companies_and_people`). `further_tables` then finds the accounts and
products that orders name, and `missing_columns` words why a file feeds nothing.
"""
