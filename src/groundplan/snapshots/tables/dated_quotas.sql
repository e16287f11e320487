SELECT *, least(period_start, $as_of) AS rated_on
FROM book_quotas
