-- Up to five products an account, best first by what its segment says.
SELECT
    t.account_id,
    p.product_id,
    CAST(t.place AS INTEGER) AS rank,
    p.probability,
    p.amount,
    p.expected
FROM (
    SELECT
        f.account_id,
        f.segment_id,
        j.place,
        CASE j.place
            WHEN 1 THEN f.bit_1
            WHEN 2 THEN f.bit_2
            WHEN 3 THEN f.bit_3
            WHEN 4 THEN f.bit_4
            ELSE f.bit_5
        END AS rank_bit
    FROM free_ranks AS f
    CROSS JOIN places AS j
) AS t
INNER JOIN segment_products AS p ON p.segment_id = t.segment_id AND p.rank_bit = t.rank_bit
UNION ALL
SELECT
    d.account_id,
    p.product_id,
    CAST(d.place AS INTEGER) AS rank,
    p.probability,
    p.amount,
    p.expected
FROM (
    SELECT
        s.account_id,
        s.segment_id,
        j.place,
        j.place + SUM(CASE WHEN s.shift <= j.place THEN 1 ELSE 0 END) AS product_rank
    FROM deep_shifts AS s
    CROSS JOIN places AS j
    GROUP BY s.account_id, s.segment_id, j.place
) AS d
INNER JOIN segment_products AS p
    ON p.segment_id = d.segment_id AND p.rank = d.product_rank
ORDER BY account_id, rank
