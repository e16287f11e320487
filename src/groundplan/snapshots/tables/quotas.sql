SELECT
    q.person_id,
    q.period_start,
    q.period_end,
    CAST(CASE WHEN q.currency IN ('', $currency) THEN q.amount
              ELSE q.amount * r.rate END AS DECIMAL(18, 4)) AS amount
FROM dated_quotas AS q
ASOF LEFT JOIN rates AS r ON r.currency = q.currency AND q.rated_on >= r.date
ORDER BY q.person_id, q.period_start
