"""Imports: what was taken, and the wizard that takes more."""
