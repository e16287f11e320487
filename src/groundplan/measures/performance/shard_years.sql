-- What each account brought in the fiscal year of the as-of day.
SELECT
    s.account_id,
    CAST(SUM(s.recognised) AS DECIMAL(18, 4)) AS recognised,
    CAST(SUM(s.backlog) AS DECIMAL(18, 4)) AS backlog
FROM account_quarters AS s
INNER JOIN days AS d
    ON
        d.day = $as_of
        AND SUBSTRING(s.quarter, 1, 6) = 'FY' || CAST(d.fiscal_year AS VARCHAR)
GROUP BY s.account_id
