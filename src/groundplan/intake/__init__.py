"""From exports to facts: reads files, maps and checks them, writes the book and purchase layers.

`services/importing.py` is one import from beginning to end; the folders stand here in its order:

    uploads      the wizard's road to it: files kept, looked at, checked, taken, as jobs
    reading      files as they come become tables of text in the import's own DuckDB
    suggest      which table a file feeds and which column is what, where no mapping says so
    mapping      mappings as TOML, and compiled to SQL
    tallying     amounts that would be taken, against the sums that the files themselves print
    validating   texts become typed values, references find their rows; what can't be taken and why
    merging      what is new, changed or gone, made ready and then written
    undoing      what was there before, kept beside the layers, and put back
    services     the import, its one transaction, its undo; folding of layers, sweeping after kills

`contracts` has the values they hand to each other, `entities` how each table of facts is kept, and
`announcements` tells rooms above that something was taken.
"""
