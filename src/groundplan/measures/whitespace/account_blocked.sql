-- What an account can't be sold now though it owns none of it: how many cells, what they would be
-- worth as whitespace, and as bits those among the first 60 ranks of its segment.
SELECT
    b.account_id,
    COUNT(*) AS cells,
    CAST(SUM(p.expected) AS DECIMAL(18, 4)) AS expected,
    SUM(CASE WHEN b.state = 'competitor' THEN 1 ELSE 0 END) AS competitor_cells,
    CAST(SUM(CASE WHEN b.state = 'competitor' THEN p.expected ELSE 0 END) AS DECIMAL(18, 4))
        AS competitor_expected,
    BIT_OR(p.rank_bit) AS first_ranks
FROM other_blocked AS b
INNER JOIN account_segments AS s ON s.account_id = b.account_id
INNER JOIN segment_products AS p
    ON p.segment_id = s.segment_id AND p.product_id = b.product_id
GROUP BY b.account_id
