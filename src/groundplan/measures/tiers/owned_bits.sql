-- Per account: one bit for each product or category asked for that it owns, and its core products.
-- Accounts that own none of either are left out.
SELECT
    f.account_id,
    BIT_OR(p.bits) AS bits,
    SUM(p.core) AS core_products
FROM footprint AS f
INNER JOIN (
    SELECT
        k.product_id,
        CASE WHEN k.is_core THEN 1 ELSE 0 END AS core,
        COALESCE(BIT_OR(o.bit), CAST(0 AS BIGINT)) AS bits
    FROM products AS k
    LEFT JOIN ownership_wanted AS o ON o.product_id = k.product_id
    GROUP BY k.product_id, k.is_core
) AS p ON p.product_id = f.product_id AND (p.core = 1 OR p.bits <> 0)
GROUP BY f.account_id
