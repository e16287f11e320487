"""One account: what is known, sold and left to sell there, and who changed it."""
