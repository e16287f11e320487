-- One row an account, fiscal quarter and credited person, of a range of accounts.
SELECT
    q.account_id,
    q.owner_id,
    k.key AS quarter,
    q.recognised,
    q.backlog,
    q.weighted,
    q.open_amount
FROM (
    SELECT
        COALESCE(r.account_id, o.account_id) AS account_id,
        CASE WHEN r.account_id IS NULL THEN o.owner_id ELSE r.owner_id END AS owner_id,
        COALESCE(r.quarter_id, o.quarter_id) AS quarter_id,
        COALESCE(r.recognised, 0) AS recognised,
        COALESCE(r.backlog, 0) AS backlog,
        COALESCE(o.weighted, 0) AS weighted,
        COALESCE(o.open_amount, 0) AS open_amount
    FROM shard_revenue AS r
    FULL OUTER JOIN shard_offers AS o
        ON
            o.account_id = r.account_id
            AND o.quarter_id = r.quarter_id
            AND COALESCE(o.owner_id, 0) = COALESCE(r.owner_id, 0)
) AS q
INNER JOIN quarter_keys AS k ON k.quarter_id = q.quarter_id
