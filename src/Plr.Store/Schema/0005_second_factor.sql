-- Second factors, devices and mail.

-- The language in which the account's owner signed in last; mail to them is written in it. factor_version counts the changes of the second
-- factor, so that of two set-ups at once one counts.
ALTER TABLE account ADD COLUMN language text NOT NULL DEFAULT 'en';
ALTER TABLE account ADD COLUMN factor_version integer NOT NULL DEFAULT 0;

-- factor_at: when the second factor was given in this session; until then a session of somebody who needs one opens only the way to it.
ALTER TABLE session ADD COLUMN factor_at timestamptz;
ALTER TABLE session ADD COLUMN browser text;
ALTER TABLE session ADD COLUMN device_hash bytea;

-- The secret is encrypted under a key of the register. last_step is the time step of the last code: no code of it or before it is taken again.
CREATE TABLE authenticator (
    account_id uuid NOT NULL PRIMARY KEY REFERENCES account (id),
    secret bytea NOT NULL,
    last_step bigint NOT NULL,
    failed_attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    confirmed_at timestamptz NOT NULL
);

CREATE TABLE recovery_code (
    account_id uuid NOT NULL REFERENCES account (id),
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

-- The browsers in which somebody has signed in before, by the hash of the random name that each keeps in a cookie.
CREATE TABLE device (
    account_id uuid NOT NULL REFERENCES account (id),
    key_hash bytea NOT NULL,
    first_seen_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, key_hash)
);

-- Mail that waits is what it tells of (kind) and what is to be filled in (details, JSON); the words are made when it is sent, in the language of then.
-- next_at is null once it is sent or given up; details go then too. A claim moves next_at on, and attempts names it.
CREATE TABLE mail (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    kind text NOT NULL,
    details text,
    created_at timestamptz NOT NULL,
    next_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    given_up_at timestamptz
);
CREATE INDEX mail_by_next ON mail (next_at) WHERE next_at IS NOT NULL;
