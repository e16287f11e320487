-- The lines of the sampled accounts, each with the day its opportunity opened, where it had one.
SELECT b.*, s.opened_on
FROM range_bought AS b
LEFT JOIN range_sold AS s ON s.line = b.line
