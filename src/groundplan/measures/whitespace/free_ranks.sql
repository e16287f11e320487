-- The first five ranks that an account doesn't hold, for accounts that have five among the first
-- 60: each is the lowest bit not set, which ~m & (m + 1) isolates.
SELECT
    b5.account_id,
    b5.segment_id,
    b5.bit_1,
    b5.bit_2,
    b5.bit_3,
    b5.bit_4,
    ~(b5.held | b5.bit_4) & ((b5.held | b5.bit_4) + 1) AS bit_5
FROM (
    SELECT
        b4.account_id,
        b4.segment_id,
        b4.held | b4.bit_3 AS held,
        b4.bit_1,
        b4.bit_2,
        b4.bit_3,
        ~(b4.held | b4.bit_3) & ((b4.held | b4.bit_3) + 1) AS bit_4
    FROM (
        SELECT
            b3.account_id,
            b3.segment_id,
            b3.held | b3.bit_2 AS held,
            b3.bit_1,
            b3.bit_2,
            ~(b3.held | b3.bit_2) & ((b3.held | b3.bit_2) + 1) AS bit_3
        FROM (
            SELECT
                b2.account_id,
                b2.segment_id,
                b2.held | b2.bit_1 AS held,
                b2.bit_1,
                ~(b2.held | b2.bit_1) & ((b2.held | b2.bit_1) + 1) AS bit_2
            FROM (
                SELECT
                    w.account_id,
                    w.segment_id,
                    w.first_ranks AS held,
                    ~w.first_ranks & (w.first_ranks + 1) AS bit_1
                FROM account_whitespace AS w
                WHERE BIT_COUNT(w.first_ranks) <= 55 AND ($everybody OR w.owned_cells = 0)
            ) AS b2
        ) AS b3
    ) AS b4
) AS b5
