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
    h.recognised_on,
    COALESCE(h.year_recognised, 0) AS year_recognised,
    COALESCE(h.year_backlog, 0) AS year_backlog
FROM accounts AS a
LEFT JOIN account_totals AS h ON h.account_id = a.account_id
