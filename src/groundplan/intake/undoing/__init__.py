"""Undoing an import: what was there before is kept beside the layers, and put back from there.

An import keeps its `journal` before it writes; `rows` puts rows back from it, except for `edits`
that people made since; `keeping` lets go of journals that nobody can use any more.
"""
