-- An account's whitespace: its segment's total less what it owns and what is otherwise blocked. No
-- cell is looked at. Where there is no product at all there is no total, and the accounts'
-- whitespace is nothing.
SELECT
    s.account_id,
    s.segment_id,
    COALESCE(t.cells, 0) - COALESCE(o.cells, 0) - COALESCE(b.cells, 0) AS cells,
    CAST(
        COALESCE(t.expected, 0) - COALESCE(o.expected, 0) - COALESCE(b.expected, 0)
        AS DECIMAL(18, 4)
    ) AS whitespace,
    COALESCE(b.competitor_cells, 0) AS competitor_cells,
    COALESCE(b.competitor_expected, 0) AS competitor_expected,
    COALESCE(o.first_ranks, CAST(0 AS BIGINT)) | COALESCE(b.first_ranks, CAST(0 AS BIGINT))
        AS first_ranks,
    COALESCE(o.cells, 0) AS owned_cells
FROM account_segments AS s
LEFT JOIN segment_totals AS t ON t.segment_id = s.segment_id
LEFT JOIN account_owned AS o ON o.account_id = s.account_id
LEFT JOIN account_blocked AS b ON b.account_id = s.account_id
