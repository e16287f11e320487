"""The whitespace grid: what each account could still buy, and why we think so."""
