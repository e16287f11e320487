"""What was bought: the lines of orders, their amounts and currencies.

`dependencies` finds which column is what by how columns depend on each other; `amounts` and
`currencies` say what a line was worth. The rest keeps sales from being counted wrongly: totals that
every line repeats (`order_totals`), cells filled on the first line only (`fill_down`), the same
orders in two files (`overlapping_files`), an order and its invoice (`counted_twice`).
"""
