-- History costs one insert per move and nothing besides: decisions/0017.

ALTER TABLE history DROP CONSTRAINT history_run_id_fkey, DROP CONSTRAINT history_scoring_id_fkey;
DROP INDEX history_by_scoring;

CREATE FUNCTION history_goes_with_its_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM history WHERE run_id = ANY(ARRAY(SELECT id FROM gone));
    RETURN NULL;
END $$;
CREATE TRIGGER run_takes_its_history AFTER DELETE ON run REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION history_goes_with_its_run();
