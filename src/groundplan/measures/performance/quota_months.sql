-- Quotas by fiscal month, in proportion to days. Each month gets the difference of two rounded
-- running totals, so that the months of a quota add up to it exactly.
SELECT
    b.owner_id,
    b.month_id,
    CAST(SUM(
        ROUND(b.amount * b.days_after / b.days, 4) - ROUND(b.amount * b.days_before / b.days, 4)
    ) AS DECIMAL(18, 4)) AS goal
FROM (
    SELECT
        q.person_id AS owner_id,
        p.fiscal_year * 100 + p.number AS month_id,
        CAST(q.amount AS DECIMAL(28, 4)) AS amount,
        CAST(DATEDIFF('day', q.period_start, q.period_end) + 1 AS INTEGER) AS days,
        CAST(GREATEST(DATEDIFF('day', q.period_start, p.starts_on), 0) AS INTEGER) AS days_before,
        CAST(
            DATEDIFF('day', q.period_start, LEAST(p.ends_on, q.period_end)) + 1 AS INTEGER
        ) AS days_after
    FROM quotas AS q
    INNER JOIN periods AS p
        ON p.kind = 'month' AND p.starts_on <= q.period_end AND p.ends_on >= q.period_start
) AS b
GROUP BY b.owner_id, b.month_id
