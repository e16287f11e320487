SELECT
    s.candidate,
    s.segment_past AS segment,
    p.product_id,
    SUM(CASE WHEN s.held_out = 0 THEN p.owned_before ELSE 0 END) AS owned_learned,
    SUM(CASE WHEN s.held_out = 0 THEN p.adopted ELSE 0 END) AS adopted_learned,
    SUM(CASE WHEN s.held_out = 1 THEN p.owned_before ELSE 0 END) AS owned_held_out,
    SUM(CASE WHEN s.held_out = 1 THEN p.adopted ELSE 0 END) AS adopted_held_out
FROM sample_pairs AS p
INNER JOIN candidate_segments AS s ON s.account_id = p.account_id
GROUP BY s.candidate, s.segment_past, p.product_id
