-- The lines sold through an opportunity that was won in the three months before: since when it
-- had been open, the latest of several.
SELECT b.line, MAX(d.opened_on) AS opened_on
FROM range_bought AS b
INNER JOIN range_deals AS d
    ON d.account_id = b.account_id AND d.product_id = b.product_id
WHERE b.date >= d.won_on AND b.date <= CAST(d.won_on + 91 AS DATE)
GROUP BY b.line
