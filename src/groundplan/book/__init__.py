"""The facts that people work with: accounts, contacts, products, opportunities and the rest."""
