-- Non-owners a year ago (exposed) and those of them who bought since (adopted), in both folds.
SELECT
    s.candidate,
    s.segment,
    p.product_id,
    s.accounts_learned - COALESCE(c.owned_learned, 0) AS exposed_learned,
    COALESCE(c.adopted_learned, 0) AS adopted_learned,
    s.accounts_held_out - COALESCE(c.owned_held_out, 0) AS exposed_held_out,
    COALESCE(c.adopted_held_out, 0) AS adopted_held_out
FROM candidate_sizes AS s
CROSS JOIN products AS p
LEFT JOIN candidate_counts AS c
    ON c.candidate = s.candidate AND c.place = s.place AND c.product_id = p.product_id
