SELECT
    q.person_id,
    q.period_start,
    q.period_end,
    CASE WHEN q.currency IN ('', $currency) THEN q.amount
         ELSE CAST(q.amount * r.rate AS DECIMAL(18, 4)) END AS amount
FROM dated_quotas AS q
ASOF LEFT JOIN rates AS r ON r.currency = q.currency AND q.rated_on >= r.date
ORDER BY q.person_id, q.period_start
