-- The rate of the day of closing, for a day in the future today's; only for those that need one.
WITH dated AS (
    SELECT
        opportunity_id,
        currency,
        least(coalesce(closed_on, close_on, $as_of), $as_of) AS rated_on
    FROM book_opportunities
    WHERE currency NOT IN ('', $currency)
)

SELECT d.opportunity_id, r.rate
FROM dated AS d
ASOF INNER JOIN rates AS r ON r.currency = d.currency AND d.rated_on >= r.date
