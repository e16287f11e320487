-- The segments in use: largest first, 'Other' last.
SELECT
    CAST(ROW_NUMBER() OVER (
        ORDER BY CASE WHEN t.label = 'Other' THEN 1 ELSE 0 END, t.accounts DESC, t.label
    ) AS INTEGER) AS segment_id,
    t.label,
    t.accounts,
    t.accounts_past
FROM (
    SELECT
        b.label,
        SUM(b.present) AS accounts,
        SUM(b.past) AS accounts_past
    FROM (
        SELECT s.segment_now AS label, 1 AS present, 0 AS past FROM candidate_segments AS s
        UNION ALL
        SELECT s.segment_past AS label, 0 AS present, 1 AS past FROM candidate_segments AS s
    ) AS b
    GROUP BY b.label
) AS t
