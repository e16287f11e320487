"""The Ctrl-K palette."""
