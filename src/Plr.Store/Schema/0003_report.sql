-- Reports that the register made of personal learning records, so that it can confirm them. Nothing of a record stands here: the numbers of
-- the versions do, which are never changed.
CREATE TABLE report (
    reference text NOT NULL PRIMARY KEY,
    uln bigint NOT NULL,
    made_at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    account_id uuid,
    organisation_id uuid,
    channel smallint NOT NULL,
    purpose smallint NOT NULL,
    reason text,
    format smallint NOT NULL,
    language smallint NOT NULL,
    learner_version integer NOT NULL,
    events integer NOT NULL,
    with_withdrawn boolean NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX report_by_learner ON report (uln);

-- What was made stays made. Only the reason, which is in somebody's own words, may be erased.
-- sqlite
CREATE TRIGGER report_is_never_changed BEFORE UPDATE OF reference, uln, made_at, actor_kind, account_id, organisation_id, channel, purpose, format, language, learner_version, events, with_withdrawn, digest
    ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_is_never_removed BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
-- end
-- postgres
CREATE TRIGGER report_is_never_changed BEFORE UPDATE OF reference, uln, made_at, actor_kind, account_id, organisation_id, channel, purpose, format, language, learner_version, events, with_withdrawn, digest
    ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_is_never_removed BEFORE DELETE ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON report FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT ON report TO plr_app;
        GRANT UPDATE (reason) ON report TO plr_app;
    END IF;
END
$$;
-- end
