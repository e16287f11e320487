-- None: positions have no date.
SELECT
    CAST(NULL AS BIGINT) AS account_id,
    CAST(NULL AS BIGINT) AS product_id,
    'competitor' AS position
FROM products AS p
WHERE p.product_id IS NULL
