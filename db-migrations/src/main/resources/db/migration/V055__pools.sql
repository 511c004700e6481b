-- Pools: limits on what definitions do together, whatever their endpoints. Who holds a slot is counted from scorings.

CREATE TABLE pool (
    name        text        PRIMARY KEY,
    description text        NOT NULL DEFAULT '',
    slots       int         NOT NULL CHECK (slots >= 0),
    rate        int         CHECK (rate > 0),
    period      interval    CHECK (period > interval '0'),
    version     bigint      NOT NULL DEFAULT 1,
    changed_by  text        NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pool_rate_has_period CHECK ((rate IS NULL) = (period IS NULL))
);
COMMENT ON TABLE pool IS 'a limit on the scorings of all definitions that name it';
COMMENT ON COLUMN pool.slots IS 'how many of its scorings have a remote job, or are launched, at the same time; 0 starts none';
COMMENT ON COLUMN pool.rate IS 'how many are launched within any period; null for no limit';
COMMENT ON COLUMN pool.version IS 'grows with each change';
COMMENT ON COLUMN pool.changed_by IS 'who changed it last, as kind:name';

CREATE TABLE pool_start (
    pool       text        NOT NULL REFERENCES pool ON DELETE CASCADE,
    scoring_id bigint      NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX pool_start_by_time ON pool_start (pool, at);
COMMENT ON TABLE pool_start IS 'one row per launch from a pool with a rate; deleted by the next launch after its period';
COMMENT ON COLUMN pool_start.scoring_id IS 'no reference: the scoring may be purged before its period is over';
