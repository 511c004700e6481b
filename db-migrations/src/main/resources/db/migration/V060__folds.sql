-- Many scorings share one remote job: a fold. Its job is that of a scoring of its own, the carrier, in a run with trigger 'fold'. The
-- scorings that it carries are its members: they follow its moves. The defaults are for nodes of the version before, which fold nothing.
-- decisions/0092

ALTER TABLE run
    DROP CONSTRAINT run_trigger,
    ADD CONSTRAINT run_trigger CHECK (trigger IN ('schedule', 'files', 'request', 'fold', 'shadow')) NOT VALID;

ALTER TABLE scoring
    ADD COLUMN fold_key    text,
    ADD COLUMN fold_due_at timestamptz,
    ADD COLUMN carrier_id  bigint;
CREATE INDEX scoring_to_fold ON scoring (fold_due_at) WHERE fold_due_at IS NOT NULL AND sweep = 'launch';
CREATE INDEX scoring_by_carrier ON scoring (carrier_id, id) WHERE carrier_id IS NOT NULL;

COMMENT ON COLUMN scoring.fold_key IS 'scorings of one key may share a remote job: the hash of definition and parameters; null for a scoring with a job of its own';
COMMENT ON COLUMN scoring.fold_due_at IS 'from when on it may join a fold; null while it waits for none';
COMMENT ON COLUMN scoring.carrier_id IS 'the scoring whose remote job it shares; null before it joins a fold, and for every other scoring';

-- a member holds no slot: its carrier does
DROP INDEX scoring_at_work;
CREATE INDEX scoring_at_work ON scoring (endpoint) WHERE sweep IS NOT NULL AND attention IS NULL AND carrier_id IS NULL
    AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL));
DROP INDEX scoring_in_pool;
CREATE INDEX scoring_in_pool ON scoring (pool) WHERE pool <> '' AND sweep IS NOT NULL AND attention IS NULL AND carrier_id IS NULL
    AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL));

CREATE TABLE fold (
    carrier_id bigint  PRIMARY KEY REFERENCES scoring ON DELETE CASCADE,
    key        text    NOT NULL,
    members    int     NOT NULL CHECK (members > 0),
    open       boolean NOT NULL
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX fold_open ON fold (key) WHERE open;

COMMENT ON TABLE fold IS 'scorings that share the remote job of one scoring, the carrier';
COMMENT ON COLUMN fold.key IS 'the fold_key of its members';
COMMENT ON COLUMN fold.members IS 'how many have joined it';
COMMENT ON COLUMN fold.open IS 'whether others may join it: until it is full, or the carrier is claimed';

-- an attempt of a member has no job of its own; its output is a part of a blob
ALTER TABLE attempt
    ADD COLUMN carrier_id      bigint,
    ADD COLUMN carrier_attempt int,
    ADD COLUMN part            json,
    DROP CONSTRAINT attempt_started_is_submitted,
    ADD CONSTRAINT attempt_started_is_submitted CHECK (started_at IS NULL OR job_id IS NOT NULL OR carrier_id IS NOT NULL) NOT VALID,
    DROP CONSTRAINT attempt_submitted,
    ADD CONSTRAINT attempt_submitted CHECK (
        (job_id IS NULL) = (submitted_at IS NULL)
        AND (nonce IS NOT NULL OR (job_id IS NULL AND scored_at IS NULL) OR carrier_id IS NOT NULL)) NOT VALID;

COMMENT ON COLUMN attempt.carrier_id IS 'the scoring whose remote job it shares; null if the job is its own';
COMMENT ON COLUMN attempt.carrier_attempt IS 'the attempt of that scoring whose job it is';
COMMENT ON COLUMN attempt.part IS 'where its rows are: blob, first byte and length';
