-- The groups that stand for themselves: large enough, and among the largest. The rest is 'Other',
-- whose place is zero.
SELECT
    n.candidate,
    n.label,
    CASE
        WHEN n.accounts >= $smallest AND n.place <= $most THEN n.label
        ELSE 'Other'
    END AS segment,
    CASE WHEN n.accounts >= $smallest AND n.place <= $most THEN n.place ELSE 0 END AS place
FROM (
    SELECT
        l.candidate,
        l.label,
        l.accounts,
        ROW_NUMBER() OVER (PARTITION BY l.candidate ORDER BY l.accounts DESC, l.label) AS place
    FROM (
        SELECT
            c.candidate,
            c.label_now AS label,
            COUNT(*) AS accounts
        FROM candidate_accounts AS c
        GROUP BY c.candidate, c.label_now
    ) AS l
) AS n
