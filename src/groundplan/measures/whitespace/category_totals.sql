-- Whitespace by category, product by product: a segment's accounts less the owners of the product
-- and the otherwise blocked, times what one account is expected to bring.
SELECT
    t.category,
    SUM(t.cells) AS cells,
    CAST(SUM(t.cells * t.expected) AS DECIMAL(18, 4)) AS expected,
    SUM(t.competitor_cells) AS competitor_cells,
    CAST(SUM(t.competitor_cells * t.expected) AS DECIMAL(18, 4)) AS competitor_expected
FROM (
    SELECT
        p.category,
        p.expected,
        p.accounts - p.owners - COALESCE(o.cells, 0) AS cells,
        COALESCE(o.competitor_cells, 0) AS competitor_cells
    FROM segment_products AS p
    LEFT JOIN (
        SELECT
            s.segment_id,
            b.product_id,
            COUNT(*) AS cells,
            SUM(CASE WHEN b.state = 'competitor' THEN 1 ELSE 0 END) AS competitor_cells
        FROM other_blocked AS b
        INNER JOIN account_segments AS s ON s.account_id = b.account_id
        GROUP BY s.segment_id, b.product_id
    ) AS o ON o.segment_id = p.segment_id AND o.product_id = p.product_id
) AS t
GROUP BY t.category
