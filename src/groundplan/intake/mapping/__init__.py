"""Mappings: how a source's files become the canonical tables. Written as TOML, compiled to SQL.

`toml` reads and writes them (`shapes` says where a document is wrong, `checking` whether a table's
rules make sense); `compile` makes SQL of one table's rules, with `joining` for further files.
Expressions have a small language of their own that can reach no file and no network: `lexing`, then
`expressions` over `terms` and `functions`.
"""
