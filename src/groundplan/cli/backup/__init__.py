"""Backup of a running installation into one file, and the way back."""
