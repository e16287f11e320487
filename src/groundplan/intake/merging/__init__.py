"""Brings typed rows into the book, people and purchase layers, in one transaction.

`resolving` gives rows their ids; `taking` tells new, changed and unchanged ones apart, `gone` finds
those that a complete file lacks, `overriding` keeps people's edits. `preparing` makes all of it
ready before the transaction, `purchases` writes their layer, `writing` is the transaction's short
part. `state` is what one import has found out so far.
"""
