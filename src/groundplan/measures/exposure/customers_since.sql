-- In which month before the end each account bought first.
SELECT
    f.account_id,
    CAST(FLOOR(($ends_on - MIN(f.first_on) - 1) / 30.4375) AS INTEGER) AS months_ago
FROM footprint AS f
WHERE f.product_id IS NOT NULL AND f.first_on < $ends_on
GROUP BY f.account_id
