-- Accounts with the group that counts for them now and a year ago.
SELECT
    c.candidate,
    c.account_id,
    COALESCE(n.segment, 'Other') AS segment_now,
    COALESCE(p.segment, 'Other') AS segment_past,
    COALESCE(p.place, 0) AS place_past
FROM candidate_accounts AS c
LEFT JOIN candidate_labels AS n ON n.candidate = c.candidate AND n.label = c.label_now
LEFT JOIN candidate_labels AS p ON p.candidate = c.candidate AND p.label = c.label_past
