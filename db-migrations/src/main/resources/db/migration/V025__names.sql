-- Tables, columns and constraints are named by terms that a reader can look up. Only names change: no row is rewritten.

ALTER TABLE run RENAME COLUMN frozen TO definition_hash;
ALTER TABLE run RENAME COLUMN cancel_asked_at TO cancel_requested_at;
COMMENT ON COLUMN run.definition_hash IS 'the frozen_definition that the run executes';
COMMENT ON COLUMN run.cancel_requested_at IS 'when a user first asked for the cancellation; null if no user did';

ALTER TABLE scoring RENAME COLUMN stopping TO stop_reason;
ALTER TABLE scoring RENAME COLUMN troubles TO failures;
ALTER TABLE scoring RENAME COLUMN missing TO not_found_count;
ALTER TABLE scoring RENAME COLUMN lapses TO expired_leases;
ALTER TABLE scoring RENAME COLUMN unread TO unreadable_inputs;
ALTER TABLE scoring RENAME CONSTRAINT scoring_stopping TO scoring_stop_reason;
ALTER TABLE scoring RENAME CONSTRAINT scoring_unread TO scoring_unreadable_inputs;
ALTER INDEX scoring_troubled RENAME TO scoring_with_cause;
COMMENT ON COLUMN scoring.stop_reason IS 'why its remote job is stopped; set before the job is cancelled, never cleared within the attempt';
COMMENT ON COLUMN scoring.failures IS 'failed calls in a row since the last call that succeeded';
COMMENT ON COLUMN scoring.not_found_count IS 'times in a row that the remote service did not know the job';
COMMENT ON COLUMN scoring.expired_leases IS 'takeovers in a row from a node whose lease expired; the scoring may have ended that node';
COMMENT ON COLUMN scoring.unreadable_inputs IS 'attempts that do not count against attempts.max: their jobs could not read their input and executed nothing';
COMMENT ON COLUMN scoring.attention IS 'why it needs attention; no node works on it until a user resumes it or cancels its run';
COMMENT ON COLUMN scoring.resumed_at IS 'when a user last resumed it; submit calls before that do not count';

ALTER TABLE attempt RENAME COLUMN n TO number;
ALTER TABLE attempt RENAME COLUMN bound_at TO submitted_at;
ALTER TABLE attempt RENAME CONSTRAINT attempt_bound TO attempt_submitted;
ALTER TABLE attempt RENAME CONSTRAINT attempt_started_is_bound TO attempt_started_is_submitted;
COMMENT ON COLUMN attempt.number IS 'from 1, within the scoring';
COMMENT ON COLUMN attempt.submitted_at IS 'when job_id was committed';

ALTER TABLE dropped_file RENAME COLUMN place TO location;
ALTER TABLE dropped_file RENAME CONSTRAINT dropped_file_place TO dropped_file_location;
COMMENT ON COLUMN dropped_file.location IS 'taking: announced, perhaps not moved yet; processing, archive, failed: the folder; changed: it differs from what was scored and is kept apart; scored-again: the same, and a run of its own';
COMMENT ON COLUMN dropped_file.path IS 'where the file is; null in rows of older versions while they are processed: <folder>/.processing/<id>/<name>';

ALTER TABLE node RENAME COLUMN beat_at TO last_heartbeat_at;
COMMENT ON TABLE node IS 'one row per node that runs, or that ended without removing its row';

ALTER TABLE ended_jobs RENAME TO job_durations;
ALTER TABLE job_durations RENAME CONSTRAINT ended_jobs_pkey TO job_durations_pkey;
ALTER TABLE job_durations RENAME CONSTRAINT ended_jobs_in_pairs TO job_durations_in_pairs;
COMMENT ON TABLE job_durations IS 'how long the last jobs of each endpoint took, the newest first; a hint for the next poll, it may be emptied at any time';
COMMENT ON COLUMN job_durations.running_ms IS 'from the start until a poll first saw the job running; null if no poll did';
COMMENT ON COLUMN job_durations.total_ms IS 'from the start until a poll saw the job finished';

ALTER TABLE call_budget RENAME COLUMN shut_until TO backoff_until;
ALTER TABLE call_budget RENAME COLUMN wanted_until TO urgent_until;
COMMENT ON COLUMN call_budget.backoff_until IS 'until then no node makes a call: the gateway or the service has asked for it';
COMMENT ON COLUMN call_budget.urgent_until IS 'until then urgent calls of a node wait, and calls of lower priority get nothing';
