-- By whole months before the end: accounts that became customers, products they first bought, and
-- how many of those were bought by accounts that were customers already.
SELECT
    m.months_ago,
    SUM(m.customers) AS customers,
    SUM(m.pairs) AS pairs,
    SUM(m.adopted) AS adopted
FROM (
    SELECT
        c.months_ago,
        1 AS customers,
        0 AS pairs,
        0 AS adopted
    FROM customers_since AS c
    UNION ALL
    SELECT
        CAST(FLOOR(($ends_on - f.first_on - 1) / 30.4375) AS INTEGER) AS months_ago,
        0 AS customers,
        1 AS pairs,
        CASE
            WHEN FLOOR(($ends_on - f.first_on - 1) / 30.4375) < c.months_ago THEN 1
            ELSE 0
        END AS adopted
    FROM footprint AS f
    INNER JOIN customers_since AS c ON c.account_id = f.account_id
    WHERE f.product_id IS NOT NULL AND f.first_on < $ends_on
) AS m
GROUP BY m.months_ago
ORDER BY m.months_ago
