-- What an account owns or can't be sold now: how many cells, how many of them it owns, what they
-- would be worth as whitespace, and as bits the blocked ones among the first 60 ranks of its segment.
SELECT
    b.account_id,
    COUNT(*) AS cells,
    SUM(b.owned) AS owned_cells,
    CAST(SUM(p.expected) AS DECIMAL(18, 4)) AS expected,
    SUM(b.competitor) AS competitor_cells,
    CAST(SUM(CASE WHEN b.competitor = 1 THEN p.expected ELSE 0 END) AS DECIMAL(18, 4))
        AS competitor_expected,
    BIT_OR(p.rank_bit) AS first_ranks
FROM (
    SELECT
        f.account_id,
        f.product_id,
        1 AS owned,
        0 AS competitor
    FROM footprint AS f
    WHERE f.product_id IS NOT NULL
    UNION ALL
    SELECT
        o.account_id,
        o.product_id,
        0 AS owned,
        CASE WHEN o.state = 'competitor' THEN 1 ELSE 0 END AS competitor
    FROM other_blocked AS o
) AS b
INNER JOIN account_segments AS s ON s.account_id = b.account_id
INNER JOIN segment_products AS p
    ON p.segment_id = s.segment_id AND p.product_id = b.product_id
GROUP BY b.account_id
