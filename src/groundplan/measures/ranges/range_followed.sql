-- What followed a cutoff, in each of up to five turns, apart: products bought in the base,
-- products not bought in it, and what came through opportunities that were open at the cutoff.
SELECT
    f.account_id,
    f.part,
    f.turn,
    CAST(SUM(CASE WHEN o.product_id IS NOT NULL THEN f.amount ELSE 0 END) AS DOUBLE) AS followed,
    CAST(SUM(CASE WHEN o.product_id IS NULL THEN f.amount ELSE 0 END) AS DOUBLE) AS first_bought,
    COUNT(CASE WHEN o.product_id IS NULL AND f.amount <> 0 THEN 1 END) AS first_products,
    CAST(SUM(f.sold) AS DOUBLE) AS sold
FROM (
    SELECT
        account_id,
        part,
        product_id,
        CASE
            WHEN date < $end_0 THEN 0
            WHEN date < $end_1 THEN 1
            WHEN date < $end_2 THEN 2
            WHEN date < $end_3 THEN 3
            ELSE 4
        END AS turn,
        SUM(CASE WHEN opened_on < $cutoff THEN 0 ELSE amount END) AS amount,
        SUM(CASE WHEN opened_on < $cutoff THEN amount ELSE 0 END) AS sold
    FROM range_parts
    WHERE date >= $cutoff AND date < $end_4
    GROUP BY account_id, part, product_id, turn
) AS f
LEFT JOIN range_owned AS o
    ON o.account_id = f.account_id AND o.part = f.part AND o.product_id = f.product_id
GROUP BY f.account_id, f.part, f.turn
