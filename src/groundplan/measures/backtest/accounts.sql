-- The accounts that were known at the cutoff: customers. What is on file about them has no date,
-- so it may be younger than the cutoff, and is left out.
SELECT
    f.account_id,
    CAST(NULL AS BIGINT) AS owner_id,
    CAST(NULL AS VARCHAR) AS industry,
    CAST(NULL AS VARCHAR) AS region,
    CAST(NULL AS VARCHAR) AS country,
    CAST(NULL AS VARCHAR) AS segment,
    CAST(NULL AS BIGINT) AS employees,
    CAST(NULL AS DECIMAL(18, 4)) AS annual_revenue,
    CAST(MAX(CASE WHEN f.last_on >= $two_years_before THEN 1 ELSE 0 END) AS INTEGER) AS recent
FROM footprint AS f
GROUP BY f.account_id
ORDER BY f.account_id
