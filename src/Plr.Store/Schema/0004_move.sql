-- A register that is moved keeps the numbers of its learning events: whether a number is another learner's must be found by the number alone.
CREATE INDEX learning_event_by_id ON learning_event (id);

-- Numbers that are issued later begin beyond those that were given. The server's own role may do that and nothing else to a sequence. Not
-- undone with its transaction: then the sequence has a gap.
-- postgres
DO $$
DECLARE home text := quote_ident(current_schema());
BEGIN
    EXECUTE format($f$
        CREATE FUNCTION move_sequence_past(which text, given bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = %1$s, pg_temp AS $b$
        DECLARE
            reached bigint;
            used boolean;
        BEGIN
            IF which NOT IN ('learning_event_sequence', 'batch_sequence') THEN
                RAISE EXCEPTION 'the numbers of %% are not given from outside', which;
            END IF;
            -- One mover at a time, or the second could set it back.
            PERFORM pg_advisory_xact_lock((10::bigint << 56) | hashtext(which)::bit(32)::bigint);
            EXECUTE format('SELECT last_value, is_called FROM %%I', which) INTO reached, used;
            IF reached < given OR (reached = given AND NOT used) THEN
                PERFORM setval(which::regclass, given);
            END IF;
        END
        $b$
    $f$, home);
    REVOKE ALL ON FUNCTION move_sequence_past(text, bigint) FROM PUBLIC;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'plr_app') THEN
        GRANT EXECUTE ON FUNCTION move_sequence_past(text, bigint) TO plr_app;
    END IF;
END
$$;
-- end
