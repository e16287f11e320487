-- One row an account and attribute asked for; an attribute's missing values are one group.
SELECT
    a.account_id,
    w.attribute,
    COALESCE(
        CASE w.attribute
            WHEN 'industry' THEN a.industry
            WHEN 'region' THEN a.region
            WHEN 'country' THEN a.country
            WHEN 'segment' THEN a.segment
            WHEN 'size' THEN a.size
            WHEN 'revenue' THEN a.revenue
            WHEN 'spend' THEN a.spend_now
            WHEN 'breadth' THEN a.breadth_now
            WHEN 'recency' THEN a.recency_now
        END,
        'Unknown'
    ) AS value_now,
    COALESCE(
        CASE w.attribute
            WHEN 'industry' THEN a.industry
            WHEN 'region' THEN a.region
            WHEN 'country' THEN a.country
            WHEN 'segment' THEN a.segment
            WHEN 'size' THEN a.size
            WHEN 'revenue' THEN a.revenue
            WHEN 'spend' THEN a.spend_past
            WHEN 'breadth' THEN a.breadth_past
            WHEN 'recency' THEN a.recency_past
        END,
        'Unknown'
    ) AS value_past
FROM grouped_attributes AS a
CROSS JOIN attributes_wanted AS w
