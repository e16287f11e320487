-- One row an account for the lists, by the names of the rows' columns and in the order in which the
-- book numbers accounts.
SELECT
    a.account_id,
    t.tier,
    t.score,
    s.label AS segment,
    h.owned_products,
    h.revenue_12m,
    h.revenue_prior_12m,
    h.year_recognised AS recognised,
    h.year_backlog AS backlog,
    e.weighted,
    e.whitespace,
    e.expected,
    a.revenue_goal AS goal,
    CAST(h.recognised_on AS VARCHAR) AS last_purchase_on
FROM accounts AS a
INNER JOIN account_history AS h ON h.account_id = a.account_id
INNER JOIN account_tiers AS t ON t.account_id = a.account_id
INNER JOIN account_expected AS e ON e.account_id = a.account_id
INNER JOIN account_segments AS g ON g.account_id = a.account_id
INNER JOIN segments AS s ON s.segment_id = g.segment_id
ORDER BY a.account_id
