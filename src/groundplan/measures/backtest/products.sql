-- The products that were known at the cutoff: somebody had bought them.
SELECT
    f.product_id,
    CAST(NULL AS VARCHAR) AS category,
    CAST(NULL AS DECIMAL(18, 4)) AS list_price
FROM footprint AS f
GROUP BY f.product_id
ORDER BY f.product_id
