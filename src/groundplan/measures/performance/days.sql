-- Every day of every fiscal month, with the numbers of its month (202701) and quarter (20271).
SELECT
    CAST(p.starts_on + n.number AS DATE) AS day,
    p.fiscal_year,
    p.fiscal_year * 100 + p.number AS month_id,
    p.fiscal_year * 10 + q.number AS quarter_id
FROM periods AS p
INNER JOIN periods AS q
    ON q.kind = 'quarter' AND p.starts_on BETWEEN q.starts_on AND q.ends_on
CROSS JOIN (
    SELECT CAST(tens.digit * 10 + ones.digit AS INTEGER) AS number
    FROM digits AS tens
    CROSS JOIN digits AS ones
) AS n
WHERE p.kind = 'month' AND CAST(p.starts_on + n.number AS DATE) <= p.ends_on
