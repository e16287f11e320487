-- Where the quarters of annual revenue and of yearly spend lie, among sampled accounts with any.
SELECT
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY q.revenue) AS revenue_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY q.revenue) AS revenue_2,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY q.revenue) AS revenue_3,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY q.spend_now) AS now_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY q.spend_now) AS now_2,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY q.spend_now) AS now_3,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY q.spend_past) AS past_1,
    PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY q.spend_past) AS past_2,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY q.spend_past) AS past_3
FROM (
    SELECT
        CAST(a.annual_revenue AS DOUBLE) AS revenue,
        CASE WHEN h.revenue_12m > 0 THEN CAST(h.revenue_12m AS DOUBLE) END AS spend_now,
        CASE
            WHEN h.revenue_prior_12m > 0 THEN CAST(h.revenue_prior_12m AS DOUBLE)
        END AS spend_past
    FROM accounts AS a
    INNER JOIN account_history AS h ON h.account_id = a.account_id
    WHERE (((a.account_id % 1048573) * 2654435761) % 4294967291) % 1000 < $buckets
) AS q
