"""Which table each file feeds, and what more it tells."""
