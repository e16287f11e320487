-- Person by fiscal month; a person without a name is nobody's account. Only where there is a goal,
-- a purchase or an open opportunity.
SELECT
    l.owner_id,
    l.month_id,
    'FY' || CAST(CAST((l.month_id - l.month_id % 100) / 100 AS INTEGER) AS VARCHAR) || '-M'
    || SUBSTRING(CAST(100 + l.month_id % 100 AS VARCHAR), 2, 2) AS month,
    CAST(SUM(l.goal) AS DECIMAL(18, 4)) AS goal,
    CAST(SUM(l.recognised) AS DECIMAL(18, 4)) AS recognised,
    CAST(SUM(l.backlog) AS DECIMAL(18, 4)) AS backlog,
    CAST(SUM(l.weighted) AS DECIMAL(18, 4)) AS weighted,
    CAST(SUM(l.open_amount) AS DECIMAL(18, 4)) AS open_amount
FROM (
    SELECT
        m.owner_id,
        m.month_id,
        0 AS goal,
        m.recognised,
        m.backlog,
        0 AS weighted,
        0 AS open_amount
    FROM owner_months AS m
    UNION ALL
    SELECT
        o.owner_id,
        o.month_id,
        0 AS goal,
        0 AS recognised,
        0 AS backlog,
        o.weighted,
        o.open_amount
    FROM opportunity_lines AS o
    UNION ALL
    SELECT
        q.owner_id,
        q.month_id,
        q.goal,
        0 AS recognised,
        0 AS backlog,
        0 AS weighted,
        0 AS open_amount
    FROM quota_months AS q
) AS l
GROUP BY l.owner_id, l.month_id
ORDER BY l.month_id, l.owner_id
