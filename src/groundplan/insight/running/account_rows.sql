-- One row an account for the lists, in the order in which the book numbers them. Amounts as
-- doubles: they carry 15 digits, and the database's own column rounds them to four places.
SELECT
    a.account_id,
    t.tier,
    t.score,
    s.label,
    h.owned_products,
    CAST(h.revenue_12m AS DOUBLE) AS revenue_12m,
    CAST(h.revenue_prior_12m AS DOUBLE) AS revenue_prior_12m,
    CAST(h.year_recognised AS DOUBLE) AS recognised,
    CAST(h.year_backlog AS DOUBLE) AS backlog,
    CAST(e.weighted AS DOUBLE) AS weighted,
    CAST(e.whitespace AS DOUBLE) AS whitespace,
    CAST(e.expected AS DOUBLE) AS expected,
    CAST(a.revenue_goal AS DOUBLE) AS goal,
    CAST(h.recognised_on AS VARCHAR) AS last_purchase_on
FROM accounts AS a
INNER JOIN account_history AS h ON h.account_id = a.account_id
INNER JOIN account_tiers AS t ON t.account_id = a.account_id
INNER JOIN account_expected AS e ON e.account_id = a.account_id
INNER JOIN account_segments AS g ON g.account_id = a.account_id
INNER JOIN segments AS s ON s.segment_id = g.segment_id
ORDER BY a.account_id
