"""Persons (who sell) apart from users (who sign in); teams, roles and the scope they give."""
