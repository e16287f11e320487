-- This shard's purchases with the person they are credited to (the account's owner unless the
-- purchase names one) and their fiscal month and quarter.
SELECT
    p.account_id,
    COALESCE(p.owner_id, a.owner_id) AS owner_id,
    d.fiscal_year,
    d.quarter_id,
    d.month_id,
    CASE WHEN p.status = 'backlog' THEN 0 ELSE p.converted END AS recognised,
    CASE WHEN p.status = 'backlog' THEN p.converted ELSE 0 END AS backlog
FROM shard_purchases AS p
INNER JOIN accounts AS a ON a.account_id = p.account_id
INNER JOIN days AS d ON d.day = p.date
WHERE p.converted IS NOT NULL
