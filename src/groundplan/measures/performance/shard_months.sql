SELECT
    s.owner_id,
    s.month_id,
    CAST(SUM(s.recognised) AS DECIMAL(18, 4)) AS recognised,
    CAST(SUM(s.backlog) AS DECIMAL(18, 4)) AS backlog
FROM shard_lines AS s
GROUP BY s.owner_id, s.month_id
