SELECT
    p.fiscal_year * 10 + p.number AS quarter_id,
    p.key
FROM periods AS p
WHERE p.kind = 'quarter'
