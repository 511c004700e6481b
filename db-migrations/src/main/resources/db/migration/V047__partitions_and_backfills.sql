-- Which part of the data a run is about, and backfills: runs for times that have passed.

ALTER TABLE run ADD COLUMN partition text;
ALTER TABLE run ADD COLUMN backfill bigint;
COMMENT ON COLUMN run.partition IS 'key of the part of the data that the run is about, as its definition says, else its fire time; null without one';
COMMENT ON COLUMN run.backfill IS 'the backfill that started it, which may have been purged; null without one';
CREATE INDEX run_by_partition ON run (definition, partition, id) WHERE partition IS NOT NULL;
CREATE INDEX run_of_backfill ON run (backfill) WHERE backfill IS NOT NULL AND ended_at IS NULL;

CREATE TABLE backfill (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    definition   text        NOT NULL,
    schedule     text        NOT NULL,
    from_time    timestamptz NOT NULL,
    to_time      timestamptz NOT NULL,
    scope        text        NOT NULL CHECK (scope IN ('missing', 'failed', 'all')),
    newest_first boolean     NOT NULL,
    parallel     int         NOT NULL CHECK (parallel > 0),
    state        text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'cancelled', 'ended')),
    actor        text        NOT NULL,
    request_key  text,
    fingerprint  text,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz
);
CREATE UNIQUE INDEX backfill_by_request_key ON backfill (actor, request_key) WHERE request_key IS NOT NULL;
CREATE INDEX backfill_unfinished ON backfill (id) WHERE state = 'running';
CREATE INDEX backfill_by_end ON backfill (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX backfill_by_definition ON backfill (definition, id);

COMMENT ON TABLE backfill IS 'a range of past fire times of a schedule for which runs are started, a few at a time';
COMMENT ON COLUMN backfill.to_time IS 'end of the range, excluded';
COMMENT ON COLUMN backfill.scope IS 'which times got an item: those without a run, those with a failed run too, or all';
COMMENT ON COLUMN backfill.parallel IS 'how many of its runs are unfinished at most at the same time';
COMMENT ON COLUMN backfill.actor IS 'who asked for it, as kind:name';
COMMENT ON COLUMN backfill.request_key IS 'idempotency key of the request: the same key of the same actor is the same backfill; null without one';
COMMENT ON COLUMN backfill.fingerprint IS 'hash of the request: the same key with another request is refused';

CREATE TABLE backfill_item (
    backfill   bigint      NOT NULL REFERENCES backfill ON DELETE CASCADE,
    position   int         NOT NULL,
    fire_time  timestamptz NOT NULL,
    partition  text        NOT NULL,
    parameters jsonb       NOT NULL,
    occurrence text        NOT NULL,
    outcome    text        NOT NULL DEFAULT 'waiting' CHECK (outcome IN
        ('waiting', 'starting', 'started', 'found', 'rejected', 'cancelled')),
    reason     text,
    run_id     bigint,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (backfill, position)
);
CREATE INDEX backfill_item_open ON backfill_item (backfill, position) WHERE outcome IN ('waiting', 'starting');

COMMENT ON TABLE backfill_item IS 'one row per fire time of a backfill';
COMMENT ON COLUMN backfill_item.occurrence IS 'key of its run: that of the schedule if the time has no run, so that both start one run only';
COMMENT ON COLUMN backfill_item.outcome IS 'starting: its run is about to be accepted; found: somebody else had started it; rejected: its run failed at once';
