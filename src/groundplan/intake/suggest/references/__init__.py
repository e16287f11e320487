"""What a column refers to: keys and names, and the lists where both stand.

`referents` knows the lists of an import and of the book; `reference_keys`, `lists_by_name` and
`lookups` lead from a column to a row of one; `display_names` and `names_elsewhere` say what a row
is called; `near_names` proposes which spelling may mean which name.
"""
