SELECT
    p.segment_id,
    COUNT(*) AS cells,
    CAST(SUM(p.expected) AS DECIMAL(18, 4)) AS expected
FROM segment_products AS p
GROUP BY p.segment_id
