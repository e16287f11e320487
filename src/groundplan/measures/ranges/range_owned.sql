-- The products that each part of an account's business bought in the base days before a cutoff.
SELECT DISTINCT account_id, part, product_id
FROM range_parts
WHERE date >= $start AND date < $cutoff
