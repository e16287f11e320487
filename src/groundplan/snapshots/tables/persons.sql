SELECT
    person_id,
    manager_id,
    path,
    team_id,
    team,
    nullif(territory, '') AS territory
FROM book_persons
ORDER BY person_id
