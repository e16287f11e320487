-- Each account's computed tier in force, and the one that what is tried would give it.
SELECT
    t.account_id,
    COALESCE(n.tier, '') AS was,
    t.tier AS becomes,
    t.score,
    t.met,
    d.account_id IS NOT NULL AS decided
FROM account_tiers AS t
LEFT JOIN tiers_now AS n ON n.account_id = t.account_id
LEFT JOIN decided_accounts AS d ON d.account_id = t.account_id
