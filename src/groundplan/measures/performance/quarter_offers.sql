-- Open opportunities by account, person and quarter.
SELECT
    o.account_id,
    o.owner_id,
    o.quarter_id,
    CAST(SUM(o.weighted) AS DECIMAL(18, 4)) AS weighted,
    CAST(SUM(o.open_amount) AS DECIMAL(18, 4)) AS open_amount
FROM opportunity_lines AS o
GROUP BY o.account_id, o.owner_id, o.quarter_id
