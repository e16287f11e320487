-- What was bought in the months after the cutoff: the only table that looks there.
SELECT DISTINCT
    p.account_id,
    p.product_id
FROM converted_purchases AS p
INNER JOIN accounts AS a ON a.account_id = p.account_id
INNER JOIN products AS k ON k.product_id = p.product_id
WHERE p.date >= $cutoff AND p.date < $until
