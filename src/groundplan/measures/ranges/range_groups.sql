-- The groups that each account is counted in, its whitespace, and whether its past is looked at.
SELECT
    a.account_id,
    COALESCE(t.tier, '') AS tier,
    COALESCE(a.owner_id, 0) AS person,
    COALESCE(o.territory, '') AS territory,
    COALESCE(o.path, '') AS path,
    CAST(COALESCE(w.whitespace, 0) AS DOUBLE) AS whitespace,
    s.account_id IS NOT NULL AS sampled
FROM accounts AS a
LEFT JOIN range_sample AS s ON s.account_id = a.account_id
LEFT JOIN account_tiers AS t ON t.account_id = a.account_id
LEFT JOIN persons AS o ON o.person_id = a.owner_id
LEFT JOIN account_whitespace AS w ON w.account_id = a.account_id
ORDER BY a.account_id
