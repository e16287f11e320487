-- Every product in every segment: owners now, who could have bought in the year and who did, and
-- what the first years of its owners there brought.
SELECT
    s.segment_id,
    p.product_id,
    p.category,
    p.list_price,
    s.accounts,
    COALESCE(n.owners, 0) AS owners,
    s.accounts_past - COALESCE(b.owned_before, 0) AS exposed,
    COALESCE(b.adopted, 0) AS adopted,
    COALESCE(n.years, 0) AS years,
    COALESCE(n.first_years, 0) AS first_years
FROM segments AS s
CROSS JOIN products AS p
LEFT JOIN owner_totals AS n ON n.segment_id = s.segment_id AND n.product_id = p.product_id
LEFT JOIN buyer_totals AS b ON b.past_segment_id = s.segment_id AND b.product_id = p.product_id
