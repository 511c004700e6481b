-- A remote job that one call creates and starts has its id from the answer only. Its attempt is SUBMITTED from before the
-- call on, under the nonce of the call, and has the id when the answer has come or the job was found by the nonce.
ALTER TABLE attempt
    DROP CONSTRAINT attempt_bound,
    ADD CONSTRAINT attempt_bound CHECK (
        (job_id IS NULL) = (bound_at IS NULL) AND (nonce IS NOT NULL OR (job_id IS NULL AND scored_at IS NULL))) NOT VALID;

COMMENT ON COLUMN attempt.nonce IS 'the intent that job_id comes from, or will, or whose call was the answer itself';
