-- What each part of an account's business bought in the base days before a cutoff, and the last
-- day it did. Amounts are added up as decimals: sums of floats depend on their order.
SELECT
    account_id,
    part,
    CAST(SUM(CASE WHEN date >= $start THEN amount ELSE 0 END) AS DOUBLE) AS bought,
    MAX(date) AS last_on
FROM range_parts
WHERE date < $cutoff
GROUP BY account_id, part
