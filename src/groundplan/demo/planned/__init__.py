"""What the demonstration company plans: texts, and how they become plans through the services."""
