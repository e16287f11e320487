-- Touches count up to today even where the snapshot's day is earlier: they did happen.
WITH contacted AS (
    SELECT account_id, sum(contacts) AS contacts, max(last_on) AS last_on
    FROM (
        SELECT account_id, 1 AS contacts, CASE WHEN last_on <= $today THEN last_on END AS last_on
        FROM book_contacts
        UNION ALL
        SELECT account_id, 0 AS contacts, last_on FROM book_interactions
    ) AS touches
    GROUP BY account_id
)

SELECT
    a.account_id,
    a.parent_id,
    coalesce(TRY_CAST(split_part(a.path, '/', 2) AS BIGINT), a.account_id) AS root_id,
    CAST(greatest(length(a.path) - length(replace(a.path, '/', '')) - 2, 0) AS INTEGER) AS depth,
    a.path,
    a.owner_id,
    nullif(a.industry, '') AS industry,
    nullif(a.region, '') AS region,
    nullif(a.country, '') AS country,
    nullif(a.segment, '') AS segment,
    a.employees,
    CASE WHEN a.currency IN ('', $currency) THEN a.annual_revenue
         ELSE CAST(a.annual_revenue * r.rate AS DECIMAL(18, 4)) END AS annual_revenue,
    CAST(a.is_customer AS BOOLEAN) AS is_customer,
    CASE WHEN a.currency IN ('', $currency) THEN a.revenue_goal
         ELSE CAST(a.revenue_goal * r.rate AS DECIMAL(18, 4)) END AS revenue_goal,
    nullif(a.attributes, '{}') AS attributes,
    CAST(coalesce(c.contacts, 0) AS INTEGER) AS contacts,
    c.last_on AS last_interaction_on
FROM book_accounts AS a
LEFT JOIN latest_rates AS r ON r.currency = a.currency
LEFT JOIN contacted AS c ON c.account_id = a.account_id
ORDER BY a.account_id
