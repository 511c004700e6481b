-- Indexes for tables that hold a million rows which are over and done with, and for those that purge them.

-- a launch looks at the rows that are submitted already before it looks at others, so these two are kept apart
DROP INDEX scoring_due;
CREATE INDEX scoring_due_again ON scoring (sweep, endpoint, due_at) WHERE sweep IS NOT NULL AND step = 'SUBMITTED';
CREATE INDEX scoring_due ON scoring (sweep, endpoint, due_at) WHERE sweep IS NOT NULL AND step <> 'SUBMITTED';
-- what takes a place at the endpoint
CREATE INDEX scoring_at_work ON scoring (endpoint) WHERE sweep IS NOT NULL AND attention IS NULL
    AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL));

CREATE INDEX run_by_definition_and_state ON run (definition, state, id DESC);
CREATE INDEX run_ended ON run (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX run_by_frozen ON run (frozen);
CREATE INDEX dropped_file_by_run ON dropped_file (run_id);
CREATE INDEX batch_job_execution_created ON batch_job_execution (create_time);
