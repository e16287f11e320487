"""My book: where the year stands, what comes first, what wants mending."""
