-- What sampled accounts spent on a product in their first twelve months with it, per product: how
-- many of those years are over, and the level that 95 % of them don't exceed.
SELECT
    p.product_id,
    p.years_over,
    CAST(COALESCE(p.cap_over, p.cap_any) AS DECIMAL(18, 4)) AS cap
FROM (
    SELECT
        f.product_id,
        COUNT(CASE WHEN f.first_on <= $year_ago THEN 1 END) AS years_over,
        PERCENTILE_CONT(0.95) WITHIN GROUP (
            ORDER BY CASE WHEN f.first_on <= $year_ago THEN CAST(f.first_12m_amount AS DOUBLE) END
        ) AS cap_over,
        PERCENTILE_CONT(0.95) WITHIN GROUP (
            ORDER BY CAST(f.first_12m_amount AS DOUBLE)
        ) AS cap_any
    FROM footprint AS f
    WHERE
        f.product_id IS NOT NULL
        AND f.account_id IN (
            SELECT a.account_id
            FROM accounts AS a
            WHERE (((a.account_id % 1048573) * 2654435761) % 4294967291) % 1000 < $buckets
        )
    GROUP BY f.product_id
) AS p
