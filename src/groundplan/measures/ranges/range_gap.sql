-- The last day before a day on which anybody bought, and the most days that passed between two
-- such days in the year before it.
SELECT MAX(d.date) AS last_on, COALESCE(MAX(d.date - d.earlier), 0) AS longest
FROM (
    SELECT date, LAG(date) OVER (ORDER BY date) AS earlier
    FROM (SELECT DISTINCT date FROM converted_purchases WHERE date < $day AND date >= $since) AS b
) AS d
