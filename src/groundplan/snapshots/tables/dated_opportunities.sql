-- With the day whose rate counts: the day of closing, for one in the future today's.
SELECT
    *,
    least(coalesce(closed_on, close_on, $as_of), $as_of) AS rated_on
FROM book_opportunities
