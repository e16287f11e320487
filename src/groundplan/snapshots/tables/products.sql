SELECT
    product_id,
    nullif(category, '') AS category,
    CAST(is_core AS BOOLEAN) AS is_core,
    list_price
FROM book_products
ORDER BY product_id
