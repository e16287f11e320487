-- Open opportunities by the day on which they count: the day they are to close, the as-of day
-- where that is past or not known. Weighted is rounded for each, so that sums of sums agree.
SELECT
    o.account_id,
    o.owner_id,
    d.fiscal_year,
    d.quarter_id,
    d.month_id,
    CAST(o.probability * o.amount AS DECIMAL(18, 4)) AS weighted,
    o.amount AS open_amount
FROM opportunities AS o
INNER JOIN days AS d
    ON d.day = CASE WHEN o.close_on > $as_of THEN o.close_on ELSE $as_of END
WHERE o.outcome = 'open' AND o.amount IS NOT NULL
