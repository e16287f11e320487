-- Account by fiscal quarter and credited person. Purchases were added up before; open
-- opportunities are few.
SELECT
    l.account_id,
    l.owner_id,
    'FY' || CAST(CAST((l.quarter_id - l.quarter_id % 10) / 10 AS INTEGER) AS VARCHAR)
    || '-Q' || CAST(l.quarter_id % 10 AS VARCHAR) AS quarter,
    l.recognised,
    l.backlog,
    l.weighted,
    l.open_amount
FROM (
    SELECT
        COALESCE(s.account_id, o.account_id) AS account_id,
        COALESCE(s.owner_id, o.owner_id) AS owner_id,
        COALESCE(s.quarter_id, o.quarter_id) AS quarter_id,
        COALESCE(s.recognised, 0) AS recognised,
        COALESCE(s.backlog, 0) AS backlog,
        COALESCE(o.weighted, 0) AS weighted,
        COALESCE(o.open_amount, 0) AS open_amount
    FROM shard_quarters AS s
    FULL OUTER JOIN (
        SELECT
            p.account_id,
            p.owner_id,
            p.quarter_id,
            CAST(SUM(p.weighted) AS DECIMAL(18, 4)) AS weighted,
            CAST(SUM(p.open_amount) AS DECIMAL(18, 4)) AS open_amount
        FROM opportunity_lines AS p
        WHERE p.account_id BETWEEN $first_account AND $last_account
        GROUP BY p.account_id, p.owner_id, p.quarter_id
    ) AS o
        ON
            o.account_id = s.account_id
            AND o.quarter_id = s.quarter_id
            AND COALESCE(o.owner_id, 0) = COALESCE(s.owner_id, 0)
) AS l
ORDER BY l.account_id, l.quarter_id, l.owner_id
