-- Which software sent a batch or asked for a report, beside the account of a person.
ALTER TABLE batch ADD COLUMN machine_client_id uuid;
ALTER TABLE report ADD COLUMN machine_client_id uuid;

-- sqlite
CREATE TRIGGER report_software_is_never_changed BEFORE UPDATE OF machine_client_id ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
-- end
-- postgres
CREATE TRIGGER report_software_is_never_changed BEFORE UPDATE OF machine_client_id ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- end
