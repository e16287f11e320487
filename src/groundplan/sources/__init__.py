"""Where a row came from: source systems, keys, import runs, edits of imported fields, redirects.

`imports` is what an import records, `services` and `merging` what people decide, `undoing` what is
put back when an import is undone.
"""
