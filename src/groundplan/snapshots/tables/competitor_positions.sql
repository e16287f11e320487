SELECT p.account_id, p.product_id, p.position
FROM book_positions AS p
INNER JOIN book_accounts AS a ON a.account_id = p.account_id
ORDER BY p.account_id, p.product_id
