-- What each account had bought of each product before the cutoff. First years are not needed:
-- probabilities are judged, amounts are not.
SELECT
    p.account_id,
    p.product_id,
    MIN(p.date) AS first_on,
    MAX(p.date) AS last_on,
    MAX(CASE WHEN p.status = 'recognised' THEN p.date END) AS recognised_on,
    COUNT(*) AS purchases,
    CAST(SUM(COALESCE(p.converted, 0)) AS DECIMAL(18, 4)) AS amount,
    CAST(SUM(
        CASE
            WHEN p.status = 'recognised' AND p.date >= $year_before THEN COALESCE(p.converted, 0)
            ELSE 0
        END
    ) AS DECIMAL(18, 4)) AS amount_12m,
    CAST(SUM(
        CASE
            WHEN p.status = 'recognised' AND p.date >= $year_before_window AND p.date < $window_from
                THEN COALESCE(p.converted, 0)
            ELSE 0
        END
    ) AS DECIMAL(18, 4)) AS amount_prior_12m,
    CAST(0 AS DECIMAL(18, 4)) AS first_12m_amount
FROM converted_purchases AS p
WHERE p.date < $cutoff AND p.product_id IS NOT NULL
GROUP BY p.account_id, p.product_id
