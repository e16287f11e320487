"""Columns: schemas of the facts, purchases as Parquet layers, SQL stages on DuckDB. No Django.

facts        the canonical tables and columns that every import ends in
duck         opens DuckDB within bounds; `stages` runs a measure's SQL in it
sql          names and texts as SQL writes them
disk         files and folders that are complete or absent, whatever happens meanwhile
layers       purchases as Parquet files by range of accounts; a layer never changes
purchases    which purchases hold over several layers, and their worth in one currency
folding      which layers become one, so that their number stays small
sums         one pass over purchases: by account and product, person and quarter
owned        what accounts own, as arrays that measures share
arrays       DuckDB's tables as NumPy arrays; `exact` adds up decimals as whole numbers
read_ahead   works on one part while the next is read
"""
