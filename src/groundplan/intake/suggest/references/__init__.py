"""What tells one thing of another: keys and names, and the lists where they stand."""
