"""Components that two or more pages use; they receive values, never queries."""
