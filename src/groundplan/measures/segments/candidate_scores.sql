-- Log likelihood of the held-out first purchases under each candidate and prior strength.
SELECT
    r.candidate,
    r.strength,
    SUM(
        r.adopted_held_out * LN(r.rate) + (r.exposed_held_out - r.adopted_held_out) * LN(1 - r.rate)
    ) AS log_likelihood,
    SUM(r.adopted_held_out) AS adopted,
    SUM(r.exposed_held_out) AS exposed,
    COUNT(DISTINCT r.segment) AS segments
FROM (
    SELECT
        c.candidate,
        g.strength,
        c.segment,
        c.adopted_held_out,
        c.exposed_held_out,
        LEAST(
            (c.adopted_learned + g.strength * p.rate) / (c.exposed_learned + g.strength),
            0.999999
        ) AS rate
    FROM candidate_cells AS c
    CROSS JOIN strengths AS g
    INNER JOIN candidate_priors AS p
        ON p.candidate = c.candidate AND p.product_id = c.product_id
) AS r
GROUP BY r.candidate, r.strength
