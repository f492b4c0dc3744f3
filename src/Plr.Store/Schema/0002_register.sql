-- The register's tables. Types carry PostgreSQL's names; SQLite keeps dates and instants as sortable text.
-- Tables that grow with the nation are keyed by ULN first and, on PostgreSQL, hash-partitioned by it (DESIGN, Storage).

-- Fingerprints of the secret keys that the register was begun with.
CREATE TABLE register_key (
    name text NOT NULL PRIMARY KEY,
    fingerprint bytea NOT NULL
);

CREATE TABLE organisation (
    id uuid NOT NULL PRIMARY KEY,
    number integer NOT NULL UNIQUE,
    name text NOT NULL,
    sort_name text NOT NULL,
    status smallint NOT NULL,
    ukprn text UNIQUE,
    organisation_ref text UNIQUE,
    recognition_number text UNIQUE,
    legal_name text,
    acronym text,
    website text,
    recognition_status text,
    recognised_from date,
    recognised_to date,
    version integer NOT NULL DEFAULT 1
);
CREATE INDEX organisation_by_name ON organisation (sort_name, id);
-- Numbers are compared in any case: they come from people and from files.
CREATE UNIQUE INDEX organisation_ukprn_any_case ON organisation (upper(ukprn));
CREATE UNIQUE INDEX organisation_ref_any_case ON organisation (upper(organisation_ref));
CREATE UNIQUE INDEX organisation_recognition_any_case ON organisation (upper(recognition_number));

CREATE TABLE account (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    email_address text UNIQUE,
    roles integer NOT NULL,
    organisation_id uuid REFERENCES organisation (id),
    uln bigint UNIQUE,
    level smallint NOT NULL,
    status smallint NOT NULL,
    password_hash text,
    failed_attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX account_by_organisation ON account (organisation_id, name);

CREATE TABLE invitation (
    token_hash bytea NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX invitation_by_account ON invitation (account_id);

CREATE TABLE session (
    id uuid NOT NULL PRIMARY KEY,
    key_hash bytea NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES account (id),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    by_link boolean NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

-- Answers on their way, under an unguessable id that stands in the page's address in place of anything personal.
CREATE TABLE journey (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    kind text NOT NULL,
    answers text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX journey_by_expiry ON journey (expires_at);

CREATE TABLE qualification (
    number text NOT NULL PRIMARY KEY,
    title text NOT NULL,
    owner_recognition_number text,
    owner_name text,
    owner_acronym text,
    level text,
    sub_level text,
    eqf_level text,
    type text,
    total_credits integer,
    sector_subject_area text,
    status text,
    regulation_start_date date,
    operational_start_date date,
    operational_end_date date,
    certification_end_date date,
    minimum_guided_learning_hours integer,
    maximum_guided_learning_hours integer,
    total_qualification_time integer,
    guided_learning_hours integer,
    offered_in_england text,
    offered_in_wales text,
    offered_in_northern_ireland text,
    overall_grading_type text,
    assessment_methods text
);

-- The learner as of now; learner_version keeps every version, this one too.
CREATE TABLE learner (
    uln bigint NOT NULL PRIMARY KEY,
    status smallint NOT NULL,
    master_uln bigint,
    person_key bigint NOT NULL,
    version integer NOT NULL,
    tier_level smallint NOT NULL,
    created_at timestamptz NOT NULL,
    created_via smallint NOT NULL,
    last_updated_at timestamptz NOT NULL,
    last_updated_via smallint NOT NULL,
    registered_by uuid,
    title text,
    given_name text NOT NULL,
    middle_other_name text,
    family_name text NOT NULL,
    preferred_given_name text,
    previous_family_name text,
    family_name_at_age16 text,
    school_at_age16 text,
    last_known_address_line1 text,
    last_known_address_line2 text,
    last_known_address_town text,
    last_known_address_county_or_city text,
    last_known_post_code text NOT NULL,
    date_of_address_capture date,
    date_of_birth date NOT NULL,
    place_of_birth text,
    email_address text,
    gender smallint NOT NULL,
    nationality text,
    scottish_candidate_number text,
    verification_type smallint NOT NULL,
    other_verification_description text,
    ability_to_share smallint NOT NULL,
    notes text,
    unique_candidate_identifier text,
    unique_pupil_number text
);
CREATE INDEX learner_by_person_key ON learner (person_key);
CREATE INDEX learner_by_date_of_birth ON learner (date_of_birth);

-- content is the canonical JSON of the version; the trail's entry of the write names the salted hash of it.
CREATE TABLE learner_version (
    uln bigint NOT NULL,
    version integer NOT NULL,
    content text NOT NULL,
    salt bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid,
    channel smallint NOT NULL,
    batch integer,
    batch_row integer,
    PRIMARY KEY (uln, version)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
);
-- end

-- Every version of every learning event; the latest of an id is the event (DESIGN, Permanent record).
CREATE TABLE learning_event (
    uln bigint NOT NULL,
    id integer NOT NULL,
    version integer NOT NULL,
    source smallint NOT NULL,
    status smallint NOT NULL,
    subject text NOT NULL,
    subject_code text NOT NULL,
    qualification_type text,
    level text,
    grade text,
    achievement_award_date date,
    achievement_provider_name text,
    achievement_provider_ukprn text,
    awarding_organisation_name text,
    awarding_organisation_ukprn text,
    collection_type text,
    return_number text,
    restriction text,
    credits bigint NOT NULL,
    language_for_assessment text,
    participation_start_date date,
    participation_end_date date,
    recorded_at timestamptz NOT NULL,
    organisation_id uuid,
    channel smallint NOT NULL,
    batch integer,
    batch_row integer,
    action smallint NOT NULL,
    action_date date,
    reason text,
    salt bytea NOT NULL,
    PRIMARY KEY (uln, id, version)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
) PARTITION BY HASH (uln);
-- end

-- One achievement is one organisation, ULN, number and award date (DECISIONS, business rule 4).
CREATE UNIQUE INDEX learning_event_one_achievement ON learning_event (uln, organisation_id, achievement_award_date, subject_code)
    WHERE version = 1 AND source = 1;

CREATE TABLE data_challenge (
    id uuid NOT NULL PRIMARY KEY,
    uln bigint NOT NULL,
    event_id integer,
    type smallint NOT NULL,
    state smallint NOT NULL,
    raised_at timestamptz NOT NULL,
    raised_by uuid,
    said text NOT NULL
);
CREATE INDEX data_challenge_by_learner ON data_challenge (uln);

CREATE TABLE batch (
    id integer NOT NULL PRIMARY KEY,
    kind smallint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    account_id uuid,
    file_name text NOT NULL,
    digest bytea NOT NULL,
    size bigint NOT NULL,
    status smallint NOT NULL,
    channel smallint NOT NULL,
    rows_total integer NOT NULL DEFAULT 0,
    rows_done integer NOT NULL DEFAULT 0,
    refusal_fault text,
    refusal_line integer,
    refusal_column integer,
    refusal_text text,
    submitted_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    claimed_by text,
    claimed_until timestamptz
);
CREATE INDEX batch_by_organisation ON batch (organisation_id, id);
CREATE INDEX batch_by_file ON batch (organisation_id, digest);
CREATE INDEX batch_unfinished ON batch (status, id) WHERE status < 2;

CREATE TABLE batch_count (
    batch_id integer NOT NULL REFERENCES batch (id),
    name text NOT NULL,
    rows integer NOT NULL,
    PRIMARY KEY (batch_id, name)
);

-- Outcomes of rows: all of a registration file; of an achievements file those that were refused. person_key and uln find an earlier row of
-- the same learner.
CREATE TABLE batch_row (
    batch_id integer NOT NULL,
    row integer NOT NULL,
    line integer NOT NULL,
    code text NOT NULL,
    uln text,
    person_key bigint,
    findings text,
    PRIMARY KEY (batch_id, row)
);
CREATE INDEX batch_row_by_person ON batch_row (batch_id, person_key) WHERE person_key IS NOT NULL;
CREATE INDEX batch_row_by_uln ON batch_row (batch_id, uln) WHERE uln IS NOT NULL;

-- The trail. chain is a ULN, minus an organisation's number, or 0 for the register. entry is the canonical JSON whose SHA-256 the next
-- entry of the chain names; details hold what is personal and can be erased; the head is sealed with a key that is not in the database.
CREATE TABLE audit_entry (
    chain bigint NOT NULL,
    sequence integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    entry text NOT NULL,
    PRIMARY KEY (chain, sequence)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
) PARTITION BY HASH (chain);
-- end
CREATE TABLE audit_detail (
    chain bigint NOT NULL,
    sequence integer NOT NULL,
    salt bytea NOT NULL,
    details text NOT NULL,
    PRIMARY KEY (chain, sequence)
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
) PARTITION BY HASH (chain);
-- end
CREATE TABLE audit_chain (
    chain bigint NOT NULL PRIMARY KEY,
    sequence integer NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
-- sqlite
) WITHOUT ROWID;
-- end
-- postgres
) WITH (fillfactor = 70);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE learning_event_%s PARTITION OF learning_event FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
        EXECUTE format('CREATE TABLE audit_entry_%s PARTITION OF audit_entry FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
        EXECUTE format('CREATE TABLE audit_detail_%s PARTITION OF audit_detail FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
    END LOOP;
END
$$;
-- end

-- What is written stays: entries, and versions of learners and events, are only ever added. Details of an entry may be erased, not changed.
-- sqlite
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_detail_is_never_changed BEFORE UPDATE ON audit_detail BEGIN SELECT RAISE(ABORT, 'audit_detail is append-only'); END;
CREATE TRIGGER learner_version_is_never_changed BEFORE UPDATE ON learner_version BEGIN SELECT RAISE(ABORT, 'learner_version is append-only'); END;
CREATE TRIGGER learner_version_is_never_removed BEFORE DELETE ON learner_version BEGIN SELECT RAISE(ABORT, 'learner_version is append-only'); END;
CREATE TRIGGER learning_event_is_never_changed BEFORE UPDATE ON learning_event BEGIN SELECT RAISE(ABORT, 'learning_event is append-only'); END;
CREATE TRIGGER learning_event_is_never_removed BEFORE DELETE ON learning_event BEGIN SELECT RAISE(ABORT, 'learning_event is append-only'); END;
-- end
-- postgres
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
-- For each row, so that every partition has the trigger too; TRUNCATE has none for rows, so partitions get theirs one by one.
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_detail_is_never_changed BEFORE UPDATE ON audit_detail FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learner_version_is_append_only BEFORE UPDATE OR DELETE ON learner_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learning_event_is_append_only BEFORE UPDATE OR DELETE ON learning_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
DO $$
DECLARE kept text;
BEGIN
    FOR kept IN SELECT inhrelid::regclass::text FROM pg_inherits
                WHERE inhparent IN ('learning_event'::regclass, 'audit_entry'::regclass, 'audit_detail'::regclass)
                UNION ALL VALUES ('learning_event'), ('audit_entry'), ('audit_detail'), ('learner_version') LOOP
        EXECUTE 'CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON ' || kept || ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()';
    END LOOP;
END
$$;

-- The server's own role, when there is one, reads and writes rows and nothing else; migrations run as the owner.
DO $$
DECLARE part text;
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        EXECUTE 'GRANT USAGE ON SCHEMA ' || quote_ident(current_schema()) || ' TO plr_app';
        EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ' || quote_ident(current_schema()) || ' TO plr_app';
        EXECUTE 'GRANT USAGE ON ALL SEQUENCES IN SCHEMA ' || quote_ident(current_schema()) || ' TO plr_app';
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, learner_version, learning_event FROM plr_app;
        REVOKE UPDATE, TRUNCATE ON audit_detail FROM plr_app;
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON schema_migration FROM plr_app;
        FOR part IN SELECT inhrelid::regclass::text FROM pg_inherits
                    WHERE inhparent IN ('learning_event'::regclass, 'audit_entry'::regclass, 'audit_detail'::regclass) LOOP
            EXECUTE 'REVOKE ALL ON ' || part || ' FROM plr_app';
        END LOOP;
    END IF;
END
$$;
-- end
