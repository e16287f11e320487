-- Open opportunities that count in the fiscal year of the as-of day, by account.
SELECT
    o.account_id,
    CAST(SUM(o.weighted) AS DECIMAL(18, 4)) AS weighted,
    CAST(SUM(o.open_amount) AS DECIMAL(18, 4)) AS open_amount
FROM opportunity_lines AS o
INNER JOIN days AS d ON d.day = $as_of AND d.fiscal_year = o.fiscal_year
GROUP BY o.account_id
