-- Opportunities of the sampled accounts that were open on a day in the past.
SELECT
    o.account_id,
    COALESCE(p.category, '') AS category,
    COALESCE(o.channel, '') AS channel,
    CAST(o.amount AS DOUBLE) AS amount
FROM opportunities AS o
INNER JOIN range_sample AS s ON s.account_id = o.account_id
LEFT JOIN products AS p ON p.product_id = o.product_id
WHERE
    o.amount IS NOT NULL
    AND o.opened_on < $cutoff
    AND (o.outcome = 'open' OR COALESCE(o.closed_on, o.close_on) >= $cutoff)
ORDER BY o.account_id, o.opportunity_id
