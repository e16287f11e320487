-- What followed, with the place of each among everybody who was seen.
SELECT s.place, f.turn, f.followed, f.first_bought, f.first_products, f.sold
FROM range_followed AS f
INNER JOIN range_seen AS s ON s.account_id = f.account_id AND s.part = f.part
ORDER BY f.turn, s.place
