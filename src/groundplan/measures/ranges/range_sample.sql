-- The accounts whose past is looked at: every account, or a fixed pick of one in so many. `half`
-- deals them out at random in two, with another multiplier than the pick's.
SELECT
    account_id,
    ((((account_id % 1048573) * 40503021) % 4294967291) // 7) % 2 AS half
FROM accounts
WHERE (((account_id % 1048573) * 2654435761) % 4294967291) % $one_in = 0
