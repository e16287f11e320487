-- Products that the sampled accounts own: before the year, or first bought in it.
SELECT
    f.account_id,
    f.product_id,
    CASE WHEN f.first_on < $year_ago THEN 1 ELSE 0 END AS owned_before,
    CASE WHEN f.first_on >= $year_ago AND f.first_on < $as_of THEN 1 ELSE 0 END AS adopted
FROM footprint AS f
INNER JOIN grouped_attributes AS a ON a.account_id = f.account_id
WHERE f.product_id IS NOT NULL
