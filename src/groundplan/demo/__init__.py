"""The demonstration company, built through the services."""
