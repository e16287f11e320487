SELECT
    s.account_id,
    n.segment_id,
    p.segment_id AS past_segment_id
FROM candidate_segments AS s
INNER JOIN segments AS n ON n.label = s.segment_now
INNER JOIN segments AS p ON p.label = s.segment_past
