-- Probability, amount and expected revenue of a product that an account of the segment doesn't
-- own, and its rank there (`rank_bit`: the rank as a bit, up to 60). Rounded here, once, so that
-- every sum above it is exact.
SELECT
    k.*,
    CASE WHEN k.rank <= 60 THEN CAST(1 AS BIGINT) << (k.rank - 1) ELSE 0 END AS rank_bit
FROM (
    SELECT
        r.segment_id,
        r.product_id,
        r.category,
        r.accounts,
        r.owners,
        CASE WHEN r.accounts > 0 THEN r.owners * 1.0 / r.accounts ELSE 0.0 END AS adoption,
        r.exposed,
        r.adopted,
        r.probability,
        r.amount,
        r.expected,
        CAST(ROW_NUMBER() OVER (
            PARTITION BY r.segment_id ORDER BY r.expected DESC, r.product_id
        ) AS INTEGER) AS rank
    FROM (
        SELECT
            e.*,
            CAST(
                CAST(e.probability AS DECIMAL(7, 6)) * e.amount AS DECIMAL(18, 4)
            ) AS expected
        FROM (
            SELECT
                c.segment_id,
                c.product_id,
                c.category,
                c.accounts,
                c.owners,
                c.exposed,
                c.adopted,
                ROUND(
                    1 - POWER(1 - (c.adopted + $strength * p.rate) / (c.exposed + $strength), $hazard),
                    6
                ) AS probability,
                CAST(ROUND(
                    (c.first_years + $amount_strength * p.amount) / (c.years + $amount_strength), 4
                ) AS DECIMAL(18, 4)) AS amount
            FROM segment_cells AS c
            INNER JOIN product_priors AS p ON p.product_id = c.product_id
        ) AS e
    ) AS r
) AS k
