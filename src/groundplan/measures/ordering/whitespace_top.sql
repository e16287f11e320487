-- Up to five products an account, best first; what each is worth stays what its segment says.
SELECT
    t.account_id,
    t.product_id,
    t.rank,
    p.probability,
    p.amount,
    p.expected
FROM (
    SELECT
        o.account_id,
        o.product_id,
        o.rank
    FROM ordered_cells AS o
    UNION ALL
    SELECT
        u.account_id,
        u.product_id,
        u.rank
    FROM unordered_accounts AS u
) AS t
INNER JOIN account_segments AS s ON s.account_id = t.account_id
INNER JOIN segment_products AS p
    ON p.segment_id = s.segment_id AND p.product_id = t.product_id
