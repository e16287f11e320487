-- What the sampled accounts bought.
SELECT
    ROW_NUMBER() OVER (ORDER BY b.account_id, b.date) AS line,
    b.account_id,
    s.half,
    COALESCE(p.category, '') AS category,
    COALESCE(b.channel, '') AS channel,
    COALESCE(b.product_id, 0) AS product_id,
    b.date,
    b.converted AS amount
FROM converted_purchases AS b
INNER JOIN range_sample AS s ON s.account_id = b.account_id
LEFT JOIN products AS p ON p.product_id = b.product_id
WHERE b.converted IS NOT NULL
