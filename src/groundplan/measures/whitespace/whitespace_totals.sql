-- Totals by segment, owner and category: every dimension adds up to the same sum.
SELECT
    'segment' AS dimension,
    CAST(w.segment_id AS VARCHAR) AS key,
    SUM(w.cells) AS cells,
    CAST(SUM(w.whitespace) AS DECIMAL(18, 4)) AS expected,
    SUM(w.competitor_cells) AS competitor_cells,
    CAST(SUM(w.competitor_expected) AS DECIMAL(18, 4)) AS competitor_expected
FROM account_whitespace AS w
GROUP BY w.segment_id
UNION ALL
SELECT
    'owner' AS dimension,
    CAST(a.owner_id AS VARCHAR) AS key,
    SUM(w.cells) AS cells,
    CAST(SUM(w.whitespace) AS DECIMAL(18, 4)) AS expected,
    SUM(w.competitor_cells) AS competitor_cells,
    CAST(SUM(w.competitor_expected) AS DECIMAL(18, 4)) AS competitor_expected
FROM account_whitespace AS w
INNER JOIN accounts AS a ON a.account_id = w.account_id
GROUP BY a.owner_id
UNION ALL
SELECT
    'category' AS dimension,
    c.category AS key,
    c.cells,
    c.expected,
    c.competitor_cells,
    c.competitor_expected
FROM category_totals AS c
