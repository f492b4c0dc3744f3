-- Finding people: what changed, in the order of transactions, for the find indexes of all servers; and who looked for whom lately.

-- position: on PostgreSQL the number of the transaction, which a follower compares with a snapshot, so that none is passed over that commits late; on
-- SQLite, whose one writer commits in order, a count. birth_day: days since 0001-01-01. changed_at: seconds since 1970.
CREATE TABLE learner_change (
-- sqlite
    position integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    uln bigint NOT NULL,
    birth_day integer NOT NULL,
    changed_at bigint NOT NULL
-- end
-- postgres
    position bigint NOT NULL,
    uln bigint NOT NULL,
    birth_day integer NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (position, uln)
-- end
);

-- Kept by the database, so that no way of writing a learner can forget it.
-- sqlite
CREATE TRIGGER learner_is_added AFTER INSERT ON learner BEGIN
    INSERT INTO learner_change (uln, birth_day, changed_at)
    VALUES (NEW.uln, CAST(julianday(NEW.date_of_birth) - julianday('0001-01-01') AS integer), unixepoch());
END;
CREATE TRIGGER learner_is_changed AFTER UPDATE ON learner BEGIN
    INSERT INTO learner_change (uln, birth_day, changed_at)
    VALUES (NEW.uln, CAST(julianday(NEW.date_of_birth) - julianday('0001-01-01') AS integer), unixepoch());
END;
-- end
-- postgres
CREATE FUNCTION note_learner_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO learner_change (position, uln, birth_day, changed_at)
    SELECT pg_current_xact_id()::text::bigint, uln, date_of_birth - DATE '0001-01-01', extract(epoch FROM now())::bigint FROM changed
    ON CONFLICT (position, uln) DO UPDATE SET birth_day = excluded.birth_day;
    RETURN NULL;
END
$$;
CREATE TRIGGER learner_is_added AFTER INSERT ON learner REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_learner_change();
CREATE TRIGGER learner_is_changed AFTER UPDATE ON learner REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_learner_change();
-- end

-- The last search of an organisation for a person, by the key of the five demographics: a registration by a page or call needs one (DOSSIER §2.2,
-- DECISIONS, "Find before register"). Short-lived: rows that are older than any registration may look back are removed.
CREATE TABLE learner_search (
    organisation_id uuid NOT NULL,
    person_key bigint NOT NULL,
    outcome text NOT NULL,
    shown text NOT NULL,
    searched_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, person_key)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
);
-- end
CREATE INDEX learner_search_by_time ON learner_search (searched_at);

-- postgres
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON learner_change, learner_search TO plr_app;
    END IF;
END
$$;
-- end
