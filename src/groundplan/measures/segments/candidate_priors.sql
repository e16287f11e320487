-- A product's rate over all segments, itself drawn to the rate of all products.
SELECT
    t.candidate,
    t.product_id,
    (t.adopted + $product_strength * t.mean) / (t.exposed + $product_strength) AS rate
FROM (
    SELECT
        c.candidate,
        c.product_id,
        SUM(c.adopted_learned) AS adopted,
        SUM(c.exposed_learned) AS exposed,
        (SUM(SUM(c.adopted_learned)) OVER (PARTITION BY c.candidate) + 0.5)
        / (SUM(SUM(c.exposed_learned)) OVER (PARTITION BY c.candidate) + 1.0) AS mean
    FROM candidate_cells AS c
    GROUP BY c.candidate, c.product_id
) AS t
