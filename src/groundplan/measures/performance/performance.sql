-- Person by fiscal quarter: the sum of its months.
SELECT
    m.owner_id,
    'FY' || CAST(p.fiscal_year AS VARCHAR) || '-Q' || CAST(p.number AS VARCHAR) AS quarter,
    CAST(SUM(m.goal) AS DECIMAL(18, 4)) AS goal,
    CAST(SUM(m.recognised) AS DECIMAL(18, 4)) AS recognised,
    CAST(SUM(m.backlog) AS DECIMAL(18, 4)) AS backlog,
    CAST(SUM(m.weighted) AS DECIMAL(18, 4)) AS weighted,
    CAST(SUM(m.open_amount) AS DECIMAL(18, 4)) AS open_amount
FROM performance_months AS m
INNER JOIN (
    SELECT DISTINCT
        d.month_id,
        d.fiscal_year,
        d.quarter_id % 10 AS number
    FROM days AS d
) AS p ON p.month_id = m.month_id
GROUP BY m.owner_id, p.fiscal_year, p.number
ORDER BY p.fiscal_year, p.number, m.owner_id
