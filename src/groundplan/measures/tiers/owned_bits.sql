-- Per account: one bit for each product or category asked for that it owns, and its core products.
SELECT
    f.account_id,
    BIT_OR(COALESCE(w.bits, CAST(0 AS BIGINT))) AS bits,
    SUM(CASE WHEN p.is_core THEN 1 ELSE 0 END) AS core_products
FROM footprint AS f
INNER JOIN products AS p ON p.product_id = f.product_id
LEFT JOIN (
    SELECT
        o.product_id,
        BIT_OR(o.bit) AS bits
    FROM ownership_wanted AS o
    GROUP BY o.product_id
) AS w ON w.product_id = f.product_id
GROUP BY f.account_id
