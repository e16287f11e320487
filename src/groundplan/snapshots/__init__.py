"""Publishes and opens snapshots: the only door from rows to columns.

`services` publishes, moves the pointer and collects what retention lets go. `building` writes one:
`loading` brings the book into DuckDB (`reading` in several threads, `instants` as of one moment),
`tables` makes the snapshot's tables of it, `purchasing` adds the purchases and their sums, which
`relinking` takes over where nothing they hang on has changed. `opening` is for whoever reads one.
"""
