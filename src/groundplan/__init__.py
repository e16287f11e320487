"""Groundplan: account and territory plans built on facts."""

__version__ = "0.1.0"
