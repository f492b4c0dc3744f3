-- Who may be one person, and the cases of linking them. A link changes the learners' own rows; events stay under the ULN that they came with.

-- Pairs, the lower ULN first. weight is in hundredths of a bit: how much likelier one person is than two. The id stands in pages' addresses.
CREATE TABLE possible_duplicate (
    id uuid NOT NULL PRIMARY KEY,
    low_uln bigint NOT NULL,
    high_uln bigint NOT NULL,
    weight integer NOT NULL,
    found_at timestamptz NOT NULL,
    state smallint NOT NULL,
    version integer NOT NULL,
    UNIQUE (low_uln, high_uln)
);
CREATE INDEX possible_duplicate_by_weight ON possible_duplicate (state, weight DESC, id);
CREATE INDEX possible_duplicate_by_high ON possible_duplicate (high_uln);

-- One officer proposes, another decides. The versions are those that the proposer saw.
CREATE TABLE learner_link (
    id uuid NOT NULL PRIMARY KEY,
    kind smallint NOT NULL,
    pair_id uuid REFERENCES possible_duplicate (id),
    other_uln bigint NOT NULL,
    other_version integer NOT NULL,
    master_uln bigint NOT NULL,
    master_version integer NOT NULL,
    state smallint NOT NULL,
    reason text NOT NULL,
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    decided_at timestamptz,
    decided_by uuid,
    answer text
);
-- A learner is in one proposal at a time.
CREATE UNIQUE INDEX learner_link_waiting ON learner_link (other_uln) WHERE state = 1;
CREATE INDEX learner_link_by_state ON learner_link (state, proposed_at, id);
CREATE INDEX learner_link_by_other ON learner_link (other_uln);

-- Learners who led to the one that was linked, and were led on with it: unlinking leads them back.
CREATE TABLE learner_led_on (
    link_id uuid NOT NULL REFERENCES learner_link (id),
    uln bigint NOT NULL,
    PRIMARY KEY (link_id, uln)
);

-- Few learners are merged: this finds those of a master without looking at the others.
CREATE INDEX learner_by_master ON learner (master_uln) WHERE master_uln IS NOT NULL;
-- For the reports of what was merged and taken off.
CREATE INDEX learner_not_active ON learner (status, last_updated_at) WHERE status <> 1;

-- postgres
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON possible_duplicate, learner_link, learner_led_on TO plr_app;
    END IF;
END
$$;
-- end
