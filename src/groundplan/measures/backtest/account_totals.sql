-- What each account had bought before the cutoff, and before the window that rates are learned
-- from: what a snapshot keeps of today.
SELECT
    f.account_id,
    CAST(SUM(f.amount_12m) AS DECIMAL(18, 4)) AS revenue_12m,
    CAST(SUM(f.amount_prior_12m) AS DECIMAL(18, 4)) AS revenue_prior_12m,
    COUNT(*) AS owned_products,
    SUM(CASE WHEN f.first_on < $window_from THEN 1 ELSE 0 END) AS owned_before,
    MAX(CASE WHEN f.first_on < $window_from THEN 1 ELSE 0 END) AS bought_before,
    MIN(f.first_on) AS first_on,
    MAX(f.last_on) AS last_on,
    MAX(f.recognised_on) AS recognised_on,
    CAST(0 AS DECIMAL(18, 4)) AS year_recognised,
    CAST(0 AS DECIMAL(18, 4)) AS year_backlog
FROM footprint AS f
GROUP BY f.account_id
