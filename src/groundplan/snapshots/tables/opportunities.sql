SELECT
    o.opportunity_id,
    o.account_id,
    o.product_id,
    coalesce(o.owner_id, a.owner_id) AS owner_id,
    s.name AS stage,
    s.outcome,
    coalesce(o.probability, s.probability) AS probability,
    CASE WHEN o.currency IN ('', $currency) THEN o.amount
         ELSE CAST(o.amount * r.rate AS DECIMAL(18, 4)) END AS amount,
    o.opened_on,
    o.close_on,
    o.closed_on,
    nullif(o.kind, '') AS kind,
    nullif(o.channel, '') AS channel
FROM book_opportunities AS o
INNER JOIN book_accounts AS a ON a.account_id = o.account_id
INNER JOIN stages AS s ON s.stage_id = o.stage_id
LEFT JOIN opportunity_rates AS r ON r.opportunity_id = o.opportunity_id
ORDER BY o.account_id, o.opportunity_id
