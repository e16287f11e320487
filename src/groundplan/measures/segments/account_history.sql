-- What each account bought from us, in the organisation's currency: one row an account.
-- Amounts without a product count as spend and not as breadth.
SELECT
    a.account_id,
    COALESCE(h.revenue_12m, 0) AS revenue_12m,
    COALESCE(h.revenue_prior_12m, 0) AS revenue_prior_12m,
    COALESCE(h.owned_products, 0) AS owned_products,
    COALESCE(h.owned_before, 0) AS owned_before,
    COALESCE(h.bought_before, 0) AS bought_before,
    h.first_on,
    h.last_on,
    h.recognised_on
FROM accounts AS a
LEFT JOIN (
    SELECT
        f.account_id,
        CAST(SUM(f.amount_12m) AS DECIMAL(18, 4)) AS revenue_12m,
        CAST(SUM(f.amount_prior_12m) AS DECIMAL(18, 4)) AS revenue_prior_12m,
        COUNT(f.product_id) AS owned_products,
        COUNT(CASE WHEN f.first_on < $year_ago THEN f.product_id END) AS owned_before,
        MAX(CASE WHEN f.first_on < $year_ago THEN 1 ELSE 0 END) AS bought_before,
        MIN(f.first_on) AS first_on,
        MAX(f.last_on) AS last_on,
        MAX(f.recognised_on) AS recognised_on
    FROM footprint AS f
    GROUP BY f.account_id
) AS h ON h.account_id = a.account_id
