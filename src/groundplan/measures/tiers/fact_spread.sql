-- How known and how large the facts are: what a sensible default set is built from.
SELECT
    COUNT(*) AS accounts,
    COUNT(f.employees) AS employees_known,
    COUNT(f.annual_revenue) AS annual_revenue_known,
    COUNT(f.days_since_purchase) AS buyers,
    COUNT(f.days_since_interaction) AS touched,
    SUM(CASE WHEN f.contacts > 0 THEN 1 ELSE 0 END) AS with_contacts,
    SUM(CASE WHEN f.core_products > 0 THEN 1 ELSE 0 END) AS with_core,
    SUM(CASE WHEN f.open_opportunities > 0 THEN 1 ELSE 0 END) AS with_open,
    COUNT(f.growth) AS growth_known,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY CAST(f.employees AS DOUBLE)) AS employees_high,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY CAST(f.annual_revenue AS DOUBLE))
        AS annual_revenue_high,
    PERCENTILE_CONT(0.75) WITHIN GROUP (
        ORDER BY CASE WHEN f.revenue_12m > 0 THEN CAST(f.revenue_12m AS DOUBLE) END
    ) AS revenue_12m_high,
    PERCENTILE_CONT(0.75) WITHIN GROUP (
        ORDER BY CASE WHEN f.owned_products > 0 THEN CAST(f.owned_products AS DOUBLE) END
    ) AS owned_products_high,
    PERCENTILE_CONT(0.5) WITHIN GROUP (
        ORDER BY CASE WHEN f.core_products > 0 THEN CAST(f.core_products AS DOUBLE) END
    ) AS core_products_high,
    PERCENTILE_CONT(0.75) WITHIN GROUP (
        ORDER BY CASE WHEN f.contacts > 0 THEN CAST(f.contacts AS DOUBLE) END
    ) AS contacts_high,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(f.days_since_purchase AS DOUBLE))
        AS days_since_purchase_low
FROM account_facts AS f
