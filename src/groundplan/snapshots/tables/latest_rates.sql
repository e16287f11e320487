-- What each currency is worth on the snapshot's day.
SELECT currency, arg_max(rate, date) AS rate
FROM rates
WHERE date <= $as_of
GROUP BY currency
