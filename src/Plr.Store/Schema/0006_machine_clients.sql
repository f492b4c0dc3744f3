-- Machine clients: an organisation's software that signs in by itself. Secrets and tokens are kept as hashes only.

CREATE TABLE machine_client (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    roles integer NOT NULL,
    status smallint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX machine_client_by_organisation ON machine_client (organisation_id, name);

CREATE TABLE client_key (
    id uuid NOT NULL PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES machine_client (id),
    secret_hash bytea,
    public_key text,
    added_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    last_used_at timestamptz
);
CREATE INDEX client_key_by_client ON client_key (client_id);

CREATE TABLE machine_token (
    token_hash bytea NOT NULL PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES machine_client (id),
    key_id uuid NOT NULL REFERENCES client_key (id),
    scopes text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX machine_token_by_client ON machine_token (client_id);
CREATE INDEX machine_token_by_expiry ON machine_token (expires_at);

-- Assertions that were used: each once, as long as it could be shown again.
CREATE TABLE client_assertion (
    client_id uuid NOT NULL,
    id_hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, id_hash)
);
CREATE INDEX client_assertion_by_expiry ON client_assertion (expires_at);

-- Answers to calls that carry an Idempotency-Key, kept in the transaction of what the call did: sent again, it gets the same answer.
CREATE TABLE idempotent_answer (
    caller text NOT NULL,
    key_hash bytea NOT NULL,
    request_hash bytea NOT NULL,
    status smallint,
    headers text,
    body bytea,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (caller, key_hash)
);
CREATE INDEX idempotent_answer_by_expiry ON idempotent_answer (expires_at);

-- postgres
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON machine_client, client_key, machine_token, client_assertion, idempotent_answer TO plr_app;
    END IF;
END
$$;
-- end
