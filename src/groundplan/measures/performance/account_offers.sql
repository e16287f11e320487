-- Open opportunities by account, person and quarter: what account quarters add to the snapshot's
-- revenue, which is kept once.
SELECT
    o.account_id,
    o.owner_id,
    p.key AS quarter,
    CAST(SUM(o.weighted) AS DECIMAL(18, 4)) AS weighted,
    CAST(SUM(o.open_amount) AS DECIMAL(18, 4)) AS open_amount
FROM opportunity_lines AS o
INNER JOIN periods AS p
    ON p.kind = 'quarter' AND p.fiscal_year * 10 + p.number = o.quarter_id
GROUP BY o.account_id, o.owner_id, p.key
ORDER BY o.account_id, p.key, o.owner_id
