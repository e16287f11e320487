"""What the values of columns say: how they look, how they depend on and refer to each other.

`profiles` describes one column (how many of its values are numbers, dates, names ...), `evidence`
answers questions about several, `arithmetic` finds which numbers are calculated from which.
"""
