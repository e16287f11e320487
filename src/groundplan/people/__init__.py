"""Persons (who sell) apart from users (who sign in); teams, roles and the scope they give.

`contracts.Scope` is the viewer that every read and write takes. `sessions` and `doors` keep signing
in out of the way of imports.
"""
