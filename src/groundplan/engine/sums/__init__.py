"""One pass over purchases adds up everything that pages and measures ask of them later.

`footprint` walks the files and writes what the others make of each batch: `batches` cuts them
between accounts, `cells` sums by account and product, `revenue` by account, person and fiscal
quarter or month, `history` puts what an account bought into one row. Rows of an account are
neighbours, so sums are runs of an array and need no hash table.
"""
