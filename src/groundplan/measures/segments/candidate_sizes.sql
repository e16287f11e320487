SELECT
    s.candidate,
    s.segment_past AS segment,
    s.place_past AS place,
    SUM(CASE WHEN s.held_out = 0 THEN 1 ELSE 0 END) AS accounts_learned,
    SUM(s.held_out) AS accounts_held_out
FROM candidate_segments AS s
GROUP BY s.candidate, s.segment_past, s.place_past
