-- Every account and part of its business as it is now: what it bought in the base days, the last
-- day it did, what of the fiscal year is certain, and what is booked in the days to come.
SELECT
    b.account_id,
    b.part,
    CAST(SUM(CASE WHEN b.date >= $base_start AND b.date < $start THEN b.amount ELSE 0 END) AS DOUBLE) AS bought,
    MAX(CASE WHEN b.date < $start THEN b.date END) AS last_on,
    CAST(SUM(CASE WHEN b.date >= $year_start AND b.date < $start THEN b.amount ELSE 0 END) AS DOUBLE) AS certain,
    CAST(SUM(CASE WHEN b.date >= $start AND b.date <= $last THEN b.amount ELSE 0 END) AS DOUBLE) AS booked
FROM (
    SELECT
        c.account_id,
        CASE $unit
            WHEN 'category' THEN COALESCE(p.category, '')
            WHEN 'channel' THEN COALESCE(c.channel, '')
            ELSE ''
        END AS part,
        c.date,
        c.converted AS amount
    FROM converted_purchases AS c
    LEFT JOIN products AS p ON p.product_id = c.product_id
    WHERE c.converted IS NOT NULL
) AS b
GROUP BY b.account_id, b.part
ORDER BY b.account_id, b.part
