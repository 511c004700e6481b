-- An attempt may be scored by one call of the Request/Response Service: then it has a nonce and an answer, and no job.
-- Not validated, as no row that is there can break it: each keeps the narrower rule that it replaces.

ALTER TABLE attempt
    DROP CONSTRAINT attempt_bound,
    ADD CONSTRAINT attempt_bound CHECK (
        (job_id IS NULL) = (bound_at IS NULL) AND (nonce IS NULL) = (job_id IS NULL AND scored_at IS NULL)) NOT VALID;

COMMENT ON TABLE submit_intent IS 'one row per submit call, and per call that scores at once, committed before the call; its nonce names the output folder of the call';
COMMENT ON COLUMN attempt.nonce IS 'the intent whose reply gave job_id, or was the answer itself where job_id is null: every other intent of the attempt is an orphan that nobody starts';
