-- A free slot of a pool is shared between the endpoints that have something due: the first due row of each, by the index.

DROP INDEX scoring_waiting_for_pool;
CREATE INDEX scoring_waiting_for_pool ON scoring (pool, endpoint, due_at)
    WHERE pool <> '' AND sweep = 'launch' AND step <> 'SUBMITTED';
