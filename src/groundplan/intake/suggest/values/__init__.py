"""What the values of columns say: how they look, depend on and refer to each other."""
