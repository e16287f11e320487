-- What a first purchase brings in its first year, on the average of all that are to be expected.
SELECT
    COALESCE(SUM(CAST(p.expected AS DOUBLE) * (p.accounts - p.owners)), 0) AS expected,
    COALESCE(SUM(p.probability * (p.accounts - p.owners)), 0) AS purchases
FROM segment_products AS p
