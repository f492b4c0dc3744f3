-- Which software sent a batch or asked for a report, beside the account of a person.
ALTER TABLE batch ADD COLUMN machine_client_id uuid;
ALTER TABLE report ADD COLUMN machine_client_id uuid;

-- sqlite
CREATE TRIGGER report_software_is_never_changed BEFORE UPDATE OF machine_client_id ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
-- end
-- postgres
CREATE TRIGGER report_software_is_never_changed BEFORE UPDATE OF machine_client_id ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- end

-- Of a call with an Idempotency-Key, only what it made is kept (a number, a reference, a code), never the answer, which is personal. Answers
-- that were kept whole go: a call sent again across this step runs again, and finds the learner, the file or the record as it is.
DELETE FROM idempotent_answer;
ALTER TABLE idempotent_answer DROP COLUMN status;
ALTER TABLE idempotent_answer DROP COLUMN headers;
ALTER TABLE idempotent_answer DROP COLUMN body;
ALTER TABLE idempotent_answer ADD COLUMN made text;
