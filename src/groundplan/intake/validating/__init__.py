"""Turns raw rows into typed ones, and finds those that can't be taken and why.

`typing` makes one table's values typed (`dates`, `numbers`, `words`) and notes the first fault of a
row. Then references are resolved: `stored_names` loads what the book has, `known` is that and what
this import brings, `references` and `finding` decide which row is meant, `hierarchies` and
`circles` look at parents. `rejects` tells what can't be taken, with the words of `reasons`.
"""
