"""The snapshot's tables as SQL stages over the book's columns.

They read `book_*`, `stages` and `rates` and take `$as_of`, `$today` and `$currency`. Texts that
are empty become NULL; amounts are in the organisation's currency, NULL where there is no rate.
"""
