-- Accounts that bought none of the products: only their segment says what they might buy.
SELECT
    t.account_id,
    t.product_id,
    t.rank
FROM whitespace_top AS t
LEFT JOIN (
    SELECT DISTINCT f.account_id
    FROM footprint AS f
    INNER JOIN products AS p ON p.product_id = f.product_id
) AS o ON o.account_id = t.account_id
WHERE o.account_id IS NULL
