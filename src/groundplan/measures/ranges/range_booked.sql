-- What each part of an account's business has booked in the days of a horizon.
SELECT
    u.place,
    CAST(SUM(a.amount) AS DOUBLE) AS booked
FROM range_ahead AS a
INNER JOIN (
    SELECT account_id, part, ROW_NUMBER() OVER (ORDER BY account_id, part) - 1 AS place
    FROM range_units
) AS u
    ON
        u.account_id = a.account_id
        AND u.part = CASE $unit
            WHEN 'category' THEN a.category
            WHEN 'channel' THEN a.channel
            ELSE ''
        END
WHERE a.date >= $first AND a.date <= $last
GROUP BY u.place
ORDER BY u.place
