-- Of which years an awarding organisation has sent results: a row for each organisation and year of award, so that nobody has to go through the events to
-- say whether it sends any. Rows are only ever added; whoever records achievements adds those that are missing.
CREATE TABLE awarding_year (
    organisation_id uuid NOT NULL,
    year smallint NOT NULL,
    PRIMARY KEY (organisation_id, year)
);
-- sqlite
INSERT INTO awarding_year (organisation_id, year)
    SELECT DISTINCT organisation_id, CAST(substr(achievement_award_date, 1, 4) AS integer) FROM learning_event
    WHERE version = 1 AND source = 1 AND organisation_id IS NOT NULL AND achievement_award_date IS NOT NULL;
-- end
-- postgres
INSERT INTO awarding_year (organisation_id, year)
    SELECT DISTINCT organisation_id, CAST(extract(year FROM achievement_award_date) AS smallint) FROM learning_event
    WHERE version = 1 AND source = 1 AND organisation_id IS NOT NULL AND achievement_award_date IS NOT NULL;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON awarding_year TO plr_app;
    END IF;
END
$$;
-- end
