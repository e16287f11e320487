"""The row database, fast: queries that pages prepare once, and rows by the hundred thousand.

Nothing here knows what a row means; the rooms above do. On SQLite every writer waits for the one
before, so whatever takes long is done before the transaction, and nobody waits for it:

    prepared        a page's queries, worded as querysets, compiled once a thread
    columns         columns out of the database, as one JSON array each: what snapshots are made of
    bulk            ids reserved, many rows read, inserted or updated by values
    staging         rows made ready beside the database, in a file of their own
    staged_writes   such rows into a table, one statement each
    whole_tables    a first import's tables, indexes and all, copied as they lie
    proving         references proved at a transaction's end instead of row by row
    removing        rows taken away or put back, as undoing an import does
    sqlite          SQLite's file format, written directly: `pages` of `records`

PostgreSQL takes the same calls: temporary tables and COPY stand where files do on SQLite.
"""
