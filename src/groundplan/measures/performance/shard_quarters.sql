SELECT
    l.account_id,
    l.owner_id,
    l.fiscal_year,
    l.quarter_id,
    CAST(SUM(l.recognised) AS DECIMAL(18, 4)) AS recognised,
    CAST(SUM(l.backlog) AS DECIMAL(18, 4)) AS backlog
FROM shard_lines AS l
GROUP BY l.account_id, l.owner_id, l.fiscal_year, l.quarter_id
