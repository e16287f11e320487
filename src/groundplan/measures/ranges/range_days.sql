-- What the sampled accounts bought on every day before a day, by half.
SELECT half, date, CAST(SUM(amount) AS DOUBLE) AS amount
FROM range_lines
WHERE date < $day
GROUP BY half, date
ORDER BY half, date
