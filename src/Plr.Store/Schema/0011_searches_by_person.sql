-- Recent searches are read by person: with the organisation first, all that one organisation looked for lately were gone through. Nothing is lost that lasts: a search
-- counts for two hours at most, and whoever made one before this step makes it again. Old ones are removed once an hour: an index for that would be written with each search.
DROP TABLE learner_search;
CREATE TABLE learner_search (
    person_key bigint NOT NULL,
    organisation_id uuid NOT NULL,
    outcome text NOT NULL,
    shown text NOT NULL,
    searched_at timestamptz NOT NULL,
    PRIMARY KEY (person_key, organisation_id)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
);
-- end
-- postgres
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON learner_search TO plr_app;
    END IF;
END
$$;
-- end
