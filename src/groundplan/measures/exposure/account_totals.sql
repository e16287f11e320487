-- What a snapshot keeps of each account, with what it owned when a window shorter than a year began
-- in place of what it owned a year ago.
SELECT
    h.account_id,
    h.revenue_12m,
    h.revenue_prior_12m,
    h.owned_products,
    COALESCE(b.owned_before, 0) AS owned_before,
    COALESCE(b.bought_before, 0) AS bought_before,
    h.first_on,
    h.last_on,
    h.recognised_on,
    h.year_recognised,
    h.year_backlog
FROM account_totals AS h
LEFT JOIN (
    SELECT
        f.account_id,
        COUNT(f.product_id) AS owned_before,
        1 AS bought_before
    FROM footprint AS f
    WHERE f.first_on < $window_from
    GROUP BY f.account_id
) AS b ON b.account_id = h.account_id
