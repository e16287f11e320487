"""Words for a sale's documents: their kind (offer, invoice, credit ...) and their state.

Vocabulary only, in many languages: which rows are left out because of it is decided in `leaving`.
"""
