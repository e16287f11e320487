-- One window of the past, by account and part of its business: what it bought in the base days
-- before the cutoff, the last day it did, and what followed, apart: products bought in the base,
-- products not bought in it, and what came through opportunities that were open at the cutoff.
-- Amounts are added up as decimals: sums of floats depend on their order.
SELECT
    l.account_id,
    l.part,
    CAST(SUM(l.bought) AS DOUBLE) AS bought,
    MAX(l.last_on) AS last_on,
    CAST(SUM(CASE WHEN l.times > 0 THEN l.followed ELSE 0 END) AS DOUBLE) AS followed,
    CAST(SUM(CASE WHEN l.times = 0 THEN l.followed ELSE 0 END) AS DOUBLE) AS first_bought,
    COUNT(CASE WHEN l.times = 0 AND l.followed <> 0 THEN 1 END) AS first_products,
    CAST(SUM(l.sold) AS DOUBLE) AS sold
FROM (
    SELECT
        account_id,
        CASE $unit WHEN 'category' THEN category WHEN 'channel' THEN channel ELSE '' END AS part,
        product_id,
        SUM(CASE WHEN date >= $start AND date < $cutoff THEN amount ELSE 0 END) AS bought,
        COUNT(CASE WHEN date >= $start AND date < $cutoff THEN 1 END) AS times,
        MAX(CASE WHEN date < $cutoff THEN date END) AS last_on,
        SUM(
            CASE
                WHEN date >= $cutoff AND (opened_on IS NULL OR opened_on >= $cutoff) THEN amount
                ELSE 0
            END
        ) AS followed,
        SUM(CASE WHEN date >= $cutoff AND opened_on < $cutoff THEN amount ELSE 0 END) AS sold
    FROM range_lines
    WHERE date < $until
    GROUP BY
        account_id,
        CASE $unit WHEN 'category' THEN category WHEN 'channel' THEN channel ELSE '' END,
        product_id
) AS l
GROUP BY l.account_id, l.part
ORDER BY l.account_id, l.part
