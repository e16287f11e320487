-- What an account is expected to bring: what is being worked on, and what could be.
SELECT
    w.account_id,
    COALESCE(p.weighted, 0) AS weighted,
    COALESCE(p.open_amount, 0) AS open_amount,
    w.whitespace,
    CAST(COALESCE(p.weighted, 0) + w.whitespace AS DECIMAL(18, 4)) AS expected
FROM account_whitespace AS w
LEFT JOIN weighted_pipeline AS p ON p.account_id = w.account_id
