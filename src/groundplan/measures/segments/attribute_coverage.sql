-- Which attributes could tell accounts apart: how many accounts have one, how many values occur.
SELECT
    v.attribute,
    AVG(CASE WHEN v.value_now = 'Unknown' THEN 0.0 ELSE 1.0 END) AS known,
    COUNT(DISTINCT v.value_now) AS distinct_values
FROM attribute_values AS v
GROUP BY v.attribute
