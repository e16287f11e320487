-- What sampled accounts spent on a product in their first twelve months with it, per product: how
-- many of those years are over, and the level that 95 % of them don't exceed; where none is over,
-- of those that are under way. Each amount is put in order once, with its like.
SELECT
    y.product_id,
    MAX(CASE WHEN y.is_over THEN y.years ELSE 0 END) AS years_over,
    CAST(COALESCE(MAX(CASE WHEN y.is_over THEN y.cap END), MAX(y.cap)) AS DECIMAL(18, 4)) AS cap
FROM (
    SELECT
        f.product_id,
        f.first_on <= $year_ago AS is_over,
        COUNT(*) AS years,
        PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY CAST(f.first_12m_amount AS DOUBLE)) AS cap
    FROM footprint AS f
    WHERE
        f.product_id IS NOT NULL
        AND f.account_id IN (
            SELECT a.account_id
            FROM accounts AS a
            WHERE (((a.account_id % 1048573) * 2654435761) % 4294967291) % 1000 < $buckets
        )
    GROUP BY f.product_id, f.first_on <= $year_ago
) AS y
GROUP BY y.product_id
