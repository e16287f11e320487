-- Every account's group under every candidate, now and a year ago.
SELECT
    c.candidate,
    a.account_id,
    COALESCE(v1.value_now, 'All accounts')
    || COALESCE(' · ' || v2.value_now, '')
    || COALESCE(' · ' || v3.value_now, '') AS label_now,
    COALESCE(v1.value_past, 'All accounts')
    || COALESCE(' · ' || v2.value_past, '')
    || COALESCE(' · ' || v3.value_past, '') AS label_past
FROM grouped_attributes AS a
CROSS JOIN candidates AS c
LEFT JOIN attribute_values AS v1 ON v1.account_id = a.account_id AND v1.attribute = c.first
LEFT JOIN attribute_values AS v2 ON v2.account_id = a.account_id AND v2.attribute = c.second
LEFT JOIN attribute_values AS v3 ON v3.account_id = a.account_id AND v3.attribute = c.third
