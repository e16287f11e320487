-- A: most characteristics, B: some, C: none or one, by the thresholds in force.
SELECT
    m.account_id,
    m.score,
    m.matched,
    m.met,
    CASE
        WHEN (CASE WHEN $by_count THEN m.met ELSE m.score END) >= $a_from THEN 'A'
        WHEN (CASE WHEN $by_count THEN m.met ELSE m.score END) >= $b_from THEN 'B'
        ELSE 'C'
    END AS tier
FROM account_matches AS m
ORDER BY m.account_id
