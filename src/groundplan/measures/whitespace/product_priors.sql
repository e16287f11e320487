-- A product over all segments: the rate that segments are drawn to, drawn itself to the rate of
-- all products; and its usual first year, its list price where nobody has had one.
SELECT
    t.product_id,
    (t.adopted + $product_strength * t.mean_rate) / (t.exposed + $product_strength) AS rate,
    COALESCE(
        CASE WHEN t.years > 0 THEN t.first_years / t.years END,
        CAST(t.list_price AS DOUBLE),
        CASE WHEN t.all_years > 0 THEN t.all_first_years / t.all_years END,
        0
    ) AS amount
FROM (
    SELECT
        c.product_id,
        MAX(c.list_price) AS list_price,
        SUM(c.adopted) AS adopted,
        SUM(c.exposed) AS exposed,
        SUM(c.years) AS years,
        SUM(c.first_years) AS first_years,
        SUM(SUM(c.years)) OVER () AS all_years,
        SUM(SUM(c.first_years)) OVER () AS all_first_years,
        CASE
            WHEN SUM(SUM(c.exposed)) OVER () > 0
                THEN SUM(SUM(c.adopted)) OVER () * 1.0 / SUM(SUM(c.exposed)) OVER ()
            ELSE 0.0
        END AS mean_rate
    FROM segment_cells AS c
    GROUP BY c.product_id
) AS t
