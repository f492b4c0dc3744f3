-- Data challenges as they move: to whom, by when, step by step, with evidence. A row of before has no reference and nobody it was sent to: the clock tends to it.
ALTER TABLE data_challenge ADD COLUMN reference text;
ALTER TABLE data_challenge ADD COLUMN other_event_id integer;
ALTER TABLE data_challenge ADD COLUMN subject text;
ALTER TABLE data_challenge ADD COLUMN other_subject text;
ALTER TABLE data_challenge ADD COLUMN wanted text;
ALTER TABLE data_challenge ADD COLUMN missing_title text;
ALTER TABLE data_challenge ADD COLUMN missing_awarding text;
ALTER TABLE data_challenge ADD COLUMN missing_taken_at text;
ALTER TABLE data_challenge ADD COLUMN missing_taken_in text;
-- mail_to: null for the address that is known, empty for none.
ALTER TABLE data_challenge ADD COLUMN mail_to text;
-- The organisation that has it to answer; null for the register office. Days are those of the readers' time zone.
ALTER TABLE data_challenge ADD COLUMN organisation_id uuid REFERENCES organisation (id);
ALTER TABLE data_challenge ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE data_challenge ADD COLUMN due_on date;
ALTER TABLE data_challenge ADD COLUMN expected_on date;
ALTER TABLE data_challenge ADD COLUMN next_on date;
ALTER TABLE data_challenge ADD COLUMN asked_on date;
ALTER TABLE data_challenge ADD COLUMN reminders smallint NOT NULL DEFAULT 0;
ALTER TABLE data_challenge ADD COLUMN is_reviewed boolean NOT NULL DEFAULT FALSE;
ALTER TABLE data_challenge ADD COLUMN decided_by uuid;
-- The journey that it was written in: sent twice, it is raised once.
ALTER TABLE data_challenge ADD COLUMN journey_id uuid;
CREATE UNIQUE INDEX data_challenge_by_reference ON data_challenge (reference);
CREATE UNIQUE INDEX data_challenge_by_journey ON data_challenge (journey_id);
CREATE INDEX data_challenge_to_answer ON data_challenge (organisation_id, due_on) WHERE state < 10;
CREATE INDEX data_challenge_due ON data_challenge (next_on) WHERE next_on IS NOT NULL;

-- Whatever was open before there was a clock is taken up by it.
UPDATE data_challenge SET state = 1 WHERE state < 10;

-- Each step: what was done, by whom, in which words. Only ever added.
CREATE TABLE data_challenge_step (
    challenge_id uuid NOT NULL REFERENCES data_challenge (id),
    number integer NOT NULL,
    deed smallint NOT NULL,
    state smallint NOT NULL,
    at timestamptz NOT NULL,
    party smallint NOT NULL,
    account_id uuid,
    organisation_id uuid,
    said text,
    PRIMARY KEY (challenge_id, number)
);

-- Evidence. Before the challenge is raised it belongs to a journey; journey_id is null from then on. digest is keyed, so that it tells nobody which file it is.
CREATE TABLE data_challenge_evidence (
    id uuid NOT NULL PRIMARY KEY,
    challenge_id uuid REFERENCES data_challenge (id),
    journey_id uuid,
    account_id uuid,
    name text NOT NULL,
    kind smallint NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    added_at timestamptz NOT NULL
);
CREATE INDEX data_challenge_evidence_by_challenge ON data_challenge_evidence (challenge_id);
CREATE INDEX data_challenge_evidence_by_journey ON data_challenge_evidence (journey_id) WHERE journey_id IS NOT NULL;
CREATE INDEX data_challenge_evidence_by_account ON data_challenge_evidence (account_id) WHERE journey_id IS NOT NULL;

-- Its content in parts, each encrypted (AES-256-GCM, bound to the file, the part's place and how many there are) under a key that is not in the database.
-- In the database and not in files, so that servers which share one need no folder together, and one backup of it is whole.
CREATE TABLE data_challenge_evidence_part (
    evidence_id uuid NOT NULL REFERENCES data_challenge_evidence (id),
    number integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (evidence_id, number)
);

-- sqlite
CREATE TRIGGER data_challenge_step_is_never_changed BEFORE UPDATE ON data_challenge_step BEGIN SELECT RAISE(ABORT, 'data_challenge_step is append-only'); END;
CREATE TRIGGER data_challenge_step_is_never_removed BEFORE DELETE ON data_challenge_step BEGIN SELECT RAISE(ABORT, 'data_challenge_step is append-only'); END;
-- end
-- postgres
CREATE TRIGGER data_challenge_step_is_append_only BEFORE UPDATE OR DELETE ON data_challenge_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON data_challenge_step FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT ON data_challenge_step TO plr_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON data_challenge_evidence, data_challenge_evidence_part TO plr_app;
    END IF;
END
$$;
-- end
