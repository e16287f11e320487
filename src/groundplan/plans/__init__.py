"""Plans: one graph of parts, its check, its history and its acceptance."""
