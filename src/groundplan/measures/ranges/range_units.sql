-- Every account and part of its business as it is now: what it bought in the base days, the last
-- day it did, and what of the period that runs is certain.
SELECT
    b.account_id,
    b.part,
    CAST(SUM(CASE WHEN b.date >= $base_start THEN b.amount ELSE 0 END) AS DOUBLE) AS bought,
    MAX(b.date) AS last_on,
    CAST(SUM(CASE WHEN b.date >= $begins THEN b.amount ELSE 0 END) AS DOUBLE) AS certain
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
    WHERE c.converted IS NOT NULL AND c.date < $start
) AS b
GROUP BY b.account_id, b.part
ORDER BY b.account_id, b.part
