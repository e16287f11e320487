-- Everything that a characteristic can ask of an account. Days count back from the as-of day.
SELECT
    a.account_id,
    a.industry,
    a.region,
    a.country,
    a.segment,
    a.employees,
    a.annual_revenue,
    a.is_customer,
    a.attributes,
    a.contacts,
    DATEDIFF('day', a.last_interaction_on, $as_of) AS days_since_interaction,
    h.revenue_12m,
    h.revenue_prior_12m,
    CASE
        WHEN h.revenue_prior_12m > 0
            THEN ROUND(
                CAST(h.revenue_12m - h.revenue_prior_12m AS DOUBLE)
                / CAST(h.revenue_prior_12m AS DOUBLE),
                6
            )
    END AS growth,
    h.owned_products,
    DATEDIFF('day', h.recognised_on, $as_of) AS days_since_purchase,
    COALESCE(b.core_products, 0) AS core_products,
    COALESCE(b.bits, CAST(0 AS BIGINT)) AS owned_bits,
    COALESCE(o.open_opportunities, 0) AS open_opportunities,
    COALESCE(o.open_pipeline, 0) AS open_pipeline,
    COALESCE(w.whitespace, 0) AS whitespace
FROM accounts AS a
INNER JOIN account_history AS h ON h.account_id = a.account_id
LEFT JOIN owned_bits AS b ON b.account_id = a.account_id
LEFT JOIN (
    SELECT
        d.account_id,
        COUNT(*) AS open_opportunities,
        SUM(d.amount) AS open_pipeline
    FROM opportunities AS d
    WHERE d.outcome = 'open'
    GROUP BY d.account_id
) AS o ON o.account_id = a.account_id
LEFT JOIN account_whitespace AS w ON w.account_id = a.account_id
