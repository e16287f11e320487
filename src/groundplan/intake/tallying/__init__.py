"""Do the amounts that an import takes agree with what its files themselves sum up to?

`tally` compares and, where nobody gave the mapping, mends it or refuses; `orders` has both sums of
each order, `agreeing` decides which way of reading the columns explains them, `printed` compares
with a report's own totals. `saying` recognises by its heading what a column says of an order.
"""
