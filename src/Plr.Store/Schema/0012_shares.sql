-- What learners let others see. What opens a share is made of the register's keys: only keyed hashes stand here. Nothing of a record does: the numbers of
-- events and of their versions do. A report that a learner was given can be checked like a share, under its reference.
CREATE TABLE share (
    id uuid NOT NULL PRIMARY KEY,
    uln bigint NOT NULL,
    made_at timestamptz NOT NULL,
    made_by uuid,
    version integer NOT NULL,
    events text,
    fields smallint NOT NULL,
    for_whom text,
    reason text,
    ends_at timestamptz NOT NULL,
    most_views integer,
    may_download boolean NOT NULL,
    tell_me boolean NOT NULL,
    ended_at timestamptz,
    views integer NOT NULL DEFAULT 0,
    report_reference text UNIQUE,
    draw smallint NOT NULL,
    code_hash bytea NOT NULL UNIQUE,
    link_hash bytea NOT NULL UNIQUE
);
CREATE INDEX share_by_learner ON share (uln);

-- Each look: what was shown, as numbers of events and versions; who left an address for corrections.
CREATE TABLE share_view (
    id uuid NOT NULL PRIMARY KEY,
    share_id uuid NOT NULL REFERENCES share (id),
    token_hash bytea NOT NULL UNIQUE,
    door smallint NOT NULL,
    seen_at timestamptz NOT NULL,
    open_until timestamptz NOT NULL,
    shown text NOT NULL,
    challenged text NOT NULL,
    organisation text,
    email_address text,
    language text,
    receipt_reference text UNIQUE
);
CREATE INDEX share_view_by_share ON share_view (share_id, seen_at);

-- Wrong tries, under keyed hashes of the code or of the address that they came from.
CREATE TABLE share_try (
    key bytea NOT NULL PRIMARY KEY,
    failed integer NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX share_try_by_time ON share_try (last_at);

-- Mail also goes to those who have no account, but left an address.
-- sqlite
CREATE TABLE mail_of_both (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid REFERENCES account (id),
    kind text NOT NULL,
    details text,
    created_at timestamptz NOT NULL,
    next_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    name text,
    email_address text,
    language text
);
INSERT INTO mail_of_both (id, account_id, kind, details, created_at, next_at, attempts, sent_at, given_up_at)
    SELECT id, account_id, kind, details, created_at, next_at, attempts, sent_at, given_up_at FROM mail;
DROP TABLE mail;
ALTER TABLE mail_of_both RENAME TO mail;
CREATE INDEX mail_by_next ON mail (next_at) WHERE next_at IS NOT NULL;
-- end
-- postgres
ALTER TABLE mail ALTER COLUMN account_id DROP NOT NULL;
ALTER TABLE mail ADD COLUMN name text;
ALTER TABLE mail ADD COLUMN email_address text;
ALTER TABLE mail ADD COLUMN language text;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON share, share_view, share_try TO plr_app;
    END IF;
END
$$;
-- end
