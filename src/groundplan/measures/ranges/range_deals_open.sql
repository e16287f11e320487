-- Open opportunities that are to close in the days of a horizon: what each counts for, and of
-- which account, category and channel it is. Those overdue, or without a day, are to close in the
-- days that come next: they count where `first` is NULL.
SELECT
    o.account_id,
    COALESCE(p.category, '') AS category,
    COALESCE(o.channel, '') AS channel,
    CAST(o.amount AS DOUBLE) AS amount,
    CAST(COALESCE(o.probability, 0) AS DOUBLE) AS odds
FROM opportunities AS o
LEFT JOIN products AS p ON p.product_id = o.product_id
WHERE
    o.outcome = 'open'
    AND o.amount IS NOT NULL
    AND (o.close_on IS NULL OR o.close_on <= $last)
    AND (CAST($first AS DATE) IS NULL OR o.close_on >= CAST($first AS DATE))
ORDER BY o.account_id, o.opportunity_id
