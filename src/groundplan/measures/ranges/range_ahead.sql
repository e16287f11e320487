-- What is dated in the days to come already.
SELECT
    c.account_id,
    COALESCE(p.category, '') AS category,
    COALESCE(c.channel, '') AS channel,
    c.date,
    c.converted AS amount
FROM converted_purchases AS c
LEFT JOIN products AS p ON p.product_id = c.product_id
WHERE c.converted IS NOT NULL AND c.date >= $start AND c.date <= $last
