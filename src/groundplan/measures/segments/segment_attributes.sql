-- What an account can be grouped by. Behaviour is measured twice, over the twelve months up to
-- the as-of date (_now) and over the twelve before (_past), so that rates are learned from what
-- was known before the purchases that they count.
SELECT
    a.account_id,
    (((a.account_id % 1048573) * 2654435761) % 4294967291) % 1000 AS bucket,
    a.industry,
    a.region,
    a.country,
    a.segment,
    CASE
        WHEN a.employees IS NULL THEN NULL
        WHEN a.employees < 10 THEN 'Up to 9 employees'
        WHEN a.employees < 50 THEN '10 to 49 employees'
        WHEN a.employees < 250 THEN '50 to 249 employees'
        WHEN a.employees < 1000 THEN '250 to 999 employees'
        WHEN a.employees < 5000 THEN '1,000 to 4,999 employees'
        ELSE '5,000 employees and more'
    END AS size,
    CASE
        WHEN a.annual_revenue IS NULL THEN NULL
        WHEN a.annual_revenue <= q.revenue_1 THEN 'Lowest quarter by annual revenue'
        WHEN a.annual_revenue <= q.revenue_2 THEN 'Second quarter by annual revenue'
        WHEN a.annual_revenue <= q.revenue_3 THEN 'Third quarter by annual revenue'
        ELSE 'Highest quarter by annual revenue'
    END AS revenue,
    CASE
        WHEN h.revenue_12m <= 0 THEN 'No spend in the year'
        WHEN h.revenue_12m <= q.now_1 THEN 'Lowest quarter by spend'
        WHEN h.revenue_12m <= q.now_2 THEN 'Second quarter by spend'
        WHEN h.revenue_12m <= q.now_3 THEN 'Third quarter by spend'
        ELSE 'Highest quarter by spend'
    END AS spend_now,
    CASE
        WHEN h.revenue_prior_12m <= 0 THEN 'No spend in the year'
        WHEN h.revenue_prior_12m <= q.past_1 THEN 'Lowest quarter by spend'
        WHEN h.revenue_prior_12m <= q.past_2 THEN 'Second quarter by spend'
        WHEN h.revenue_prior_12m <= q.past_3 THEN 'Third quarter by spend'
        ELSE 'Highest quarter by spend'
    END AS spend_past,
    CASE
        WHEN h.owned_products = 0 THEN 'No product'
        WHEN h.owned_products = 1 THEN '1 product'
        WHEN h.owned_products < 4 THEN '2 to 3 products'
        WHEN h.owned_products < 8 THEN '4 to 7 products'
        WHEN h.owned_products < 16 THEN '8 to 15 products'
        ELSE '16 products and more'
    END AS breadth_now,
    CASE
        WHEN h.owned_before = 0 THEN 'No product'
        WHEN h.owned_before = 1 THEN '1 product'
        WHEN h.owned_before < 4 THEN '2 to 3 products'
        WHEN h.owned_before < 8 THEN '4 to 7 products'
        WHEN h.owned_before < 16 THEN '8 to 15 products'
        ELSE '16 products and more'
    END AS breadth_past,
    CASE
        WHEN h.revenue_12m > 0 THEN 'Bought in the year'
        WHEN h.last_on IS NULL THEN 'Never bought'
        ELSE 'Bought before the year'
    END AS recency_now,
    CASE
        WHEN h.revenue_prior_12m > 0 THEN 'Bought in the year'
        WHEN h.bought_before = 0 THEN 'Never bought'
        ELSE 'Bought before the year'
    END AS recency_past
FROM accounts AS a
INNER JOIN account_history AS h ON h.account_id = a.account_id
CROSS JOIN attribute_quantiles AS q
