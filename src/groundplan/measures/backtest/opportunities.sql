-- None: an opportunity's state today may have come after the cutoff.
SELECT
    CAST(NULL AS BIGINT) AS account_id,
    CAST(NULL AS BIGINT) AS product_id,
    'open' AS outcome
FROM products AS p
WHERE p.product_id IS NULL
