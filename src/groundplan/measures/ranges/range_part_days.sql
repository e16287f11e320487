-- What each part of the sampled accounts' business brought on every day, by days before a day.
SELECT part, $day - date AS ago, CAST(SUM(amount) AS DOUBLE) AS amount
FROM range_parts
WHERE date >= $since AND date < $day
GROUP BY part, date
ORDER BY part, date
