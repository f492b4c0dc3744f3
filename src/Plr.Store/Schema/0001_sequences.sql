-- Numbers that are given out once. SQLite has no sequences: a row is the next number and the last that may be given.

-- sqlite
CREATE TABLE plr_sequence (
    name text NOT NULL PRIMARY KEY,
    next_value bigint NOT NULL,
    last_value bigint NOT NULL
);
INSERT INTO plr_sequence (name, next_value, last_value) VALUES
    ('uln_sequence', 0, 899999999),
    ('learning_event_sequence', 1, 2147483647),
    ('batch_sequence', 1, 2147483647),
    ('organisation_sequence', 1, 2147483647);
-- end

-- postgres
CREATE SEQUENCE uln_sequence MINVALUE 0 START 0 MAXVALUE 899999999 NO CYCLE;
CREATE SEQUENCE learning_event_sequence START 1 MAXVALUE 2147483647 NO CYCLE;
CREATE SEQUENCE batch_sequence START 1 MAXVALUE 2147483647 NO CYCLE;
CREATE SEQUENCE organisation_sequence START 1 MAXVALUE 2147483647 NO CYCLE;
-- end
