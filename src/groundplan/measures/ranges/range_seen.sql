-- Everybody who bought before the end of the turns after a cutoff, in one order.
SELECT
    COALESCE(b.account_id, f.account_id) AS account_id,
    COALESCE(b.part, f.part) AS part,
    COALESCE(b.bought, 0) AS bought,
    b.last_on,
    ROW_NUMBER() OVER (
        ORDER BY COALESCE(b.account_id, f.account_id), COALESCE(b.part, f.part)
    ) - 1 AS place
FROM range_base AS b
FULL JOIN (SELECT DISTINCT account_id, part FROM range_followed) AS f
    ON f.account_id = b.account_id AND f.part = b.part
ORDER BY place
