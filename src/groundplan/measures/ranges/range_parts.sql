-- The lines of the sampled accounts, each with the part of its account's business that it is of.
SELECT
    account_id,
    CASE $unit WHEN 'category' THEN category WHEN 'channel' THEN channel ELSE '' END AS part,
    product_id,
    date,
    amount,
    opened_on
FROM range_lines
