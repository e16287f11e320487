-- Won opportunities as purchases, for a book without order lines. They point back by their id.
SELECT
    o.account_id,
    o.product_id,
    coalesce(o.closed_on, o.close_on) AS date,
    coalesce(o.amount, 0) AS amount,
    o.currency,
    NULL AS quantity,
    'recognised' AS status,
    coalesce(nullif(o.channel, ''), 'direct') AS channel,
    '' AS order_id,
    coalesce(o.owner_id, a.owner_id) AS owner_id,
    NULL AS source_id,
    NULL AS run_id,
    'opportunity' AS file,
    o.opportunity_id AS line
FROM book_opportunities AS o
INNER JOIN book_accounts AS a ON a.account_id = o.account_id
INNER JOIN stages AS s ON s.stage_id = o.stage_id
WHERE s.outcome = 'won' AND coalesce(o.closed_on, o.close_on) IS NOT NULL
