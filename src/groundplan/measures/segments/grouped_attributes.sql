-- The accounts that are grouped, with what they can be grouped by: to judge candidates, a sample.
SELECT s.*
FROM segment_attributes AS s
WHERE s.bucket < $buckets
