-- By what scorings of one definition take turns, and which pool they start from. The defaults are for nodes of the version before,
-- which know neither column: what they accept waits as one queue for each definition, as before.

ALTER TABLE scoring
    ADD COLUMN fairness_key text NOT NULL DEFAULT '',
    ADD COLUMN pool         text NOT NULL DEFAULT '';
COMMENT ON COLUMN scoring.fairness_key IS 'keys of the same definition take turns; empty if its definition names none';
COMMENT ON COLUMN scoring.pool IS 'the pool that its launch needs a slot of; empty if it needs none';

-- the rows of one definition, pool and key are a queue. A launch looks for the queues, and then at the first rows of each
DROP INDEX scoring_to_launch;
CREATE INDEX scoring_to_launch ON scoring (endpoint, definition, pool, fairness_key, due_at)
    WHERE sweep = 'launch' AND step <> 'SUBMITTED';
-- what holds a slot of a pool, as scoring_at_work says it of an endpoint, and what waits for one
CREATE INDEX scoring_in_pool ON scoring (pool) WHERE pool <> '' AND sweep IS NOT NULL AND attention IS NULL
    AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL));
CREATE INDEX scoring_waiting_for_pool ON scoring (pool, endpoint) WHERE pool <> '' AND sweep = 'launch' AND step <> 'SUBMITTED';
