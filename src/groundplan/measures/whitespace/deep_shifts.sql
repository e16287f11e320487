-- Accounts that hold nearly all of the first 60 ranks. The i-th blocked rank o of an account
-- pushes its free ranks from the (o - i + 1)-th on up by one.
SELECT
    r.account_id,
    r.segment_id,
    r.rank - ROW_NUMBER() OVER (PARTITION BY r.account_id ORDER BY r.rank) + 1 AS shift
FROM (
    SELECT
        w.account_id,
        w.segment_id,
        p.rank
    FROM account_whitespace AS w
    INNER JOIN footprint AS f ON f.account_id = w.account_id
    INNER JOIN segment_products AS p
        ON p.segment_id = w.segment_id AND p.product_id = f.product_id
    WHERE BIT_COUNT(w.first_ranks) > 55 AND ($everybody OR w.owned_cells = 0)
    UNION ALL
    SELECT
        w.account_id,
        w.segment_id,
        p.rank
    FROM account_whitespace AS w
    INNER JOIN other_blocked AS f ON f.account_id = w.account_id
    INNER JOIN segment_products AS p
        ON p.segment_id = w.segment_id AND p.product_id = f.product_id
    WHERE BIT_COUNT(w.first_ranks) > 55 AND ($everybody OR w.owned_cells = 0)
) AS r
