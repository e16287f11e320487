"""The facts that people work with: accounts, contacts, products, opportunities and the rest.

`selectors` reads them for a viewer; who sees which account is decided in `selectors/visibility.py`
alone. `services` writes: people's edits one by one (`services/edits.py` is what they share), an
import's rows in bulk (`services/bulk.py`). `following` lets rooms above follow a merge of accounts.
"""
