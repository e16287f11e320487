-- Accounts that bought none of the products: only their segment says what they might buy.
SELECT
    t.account_id,
    t.product_id,
    t.rank
FROM segment_top AS t
LEFT JOIN ordered_cells AS o ON o.account_id = t.account_id AND o.rank = 1
WHERE o.account_id IS NULL
