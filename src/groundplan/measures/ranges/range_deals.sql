-- Won opportunities of the sampled accounts, with the days on which they opened and were won.
SELECT
    o.account_id,
    COALESCE(o.product_id, 0) AS product_id,
    o.opened_on,
    COALESCE(o.closed_on, o.close_on) AS won_on
FROM opportunities AS o
INNER JOIN range_sample AS s ON s.account_id = o.account_id
WHERE
    o.outcome = 'won'
    AND o.opened_on IS NOT NULL
    AND COALESCE(o.closed_on, o.close_on) IS NOT NULL
