-- Cells that aren't whitespace though nothing was bought: an open opportunity comes before a
-- competitor, in-house or not applicable.
SELECT
    b.account_id,
    b.product_id,
    b.state
FROM (
    SELECT
        u.account_id,
        u.product_id,
        CASE WHEN MIN(u.precedence) = 1 THEN 'open' ELSE MIN(u.state) END AS state
    FROM (
        SELECT
            o.account_id,
            o.product_id,
            'open' AS state,
            1 AS precedence
        FROM opportunities AS o
        WHERE o.outcome = 'open' AND o.product_id IS NOT NULL
        UNION ALL
        SELECT
            c.account_id,
            c.product_id,
            c.position AS state,
            2 AS precedence
        FROM competitor_positions AS c
    ) AS u
    GROUP BY u.account_id, u.product_id
) AS b
LEFT JOIN footprint AS f
    ON f.account_id = b.account_id AND f.product_id = b.product_id
WHERE f.product_id IS NULL
