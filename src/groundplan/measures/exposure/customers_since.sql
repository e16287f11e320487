-- In which month before the end each sampled account bought first.
SELECT
    h.account_id,
    CAST(FLOOR(($ends_on - h.first_on - 1) / 30.4375) AS INTEGER) AS months_ago
FROM account_totals AS h
WHERE
    h.first_on < $ends_on
    AND (((h.account_id % 1048573) * 2654435761) % 4294967291) % 1000 < $buckets
