-- Completion callbacks: calls that tell other programs of the end of a run. Decision 0081.

ALTER TABLE run ADD COLUMN callbacks text[];
COMMENT ON COLUMN run.callbacks IS 'addresses that are told of its end, each once; null for none';

CREATE TABLE callback (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event        uuid        NOT NULL DEFAULT gen_random_uuid(),
    run_id       bigint      NOT NULL REFERENCES run ON DELETE CASCADE,
    definition   text        NOT NULL,
    address      text        NOT NULL,
    host         text        NOT NULL GENERATED ALWAYS AS (coalesce(substring(address FROM '^[a-z]+://([^/?]+)'), '')) STORED,
    state        text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
    attempts     int         NOT NULL DEFAULT 0,
    status       int,
    error        text,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_from   timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempted_at timestamptz,
    ended_at     timestamptz,
    UNIQUE (run_id, address)
);
CREATE INDEX callback_due ON callback (due_at) WHERE state = 'waiting';
CREATE INDEX callback_by_definition ON callback (definition, id);
CREATE INDEX callback_by_state ON callback (state, id);

COMMENT ON TABLE callback IS 'the outbox of completion callbacks: one row per ended run and address, written by the transaction that ends the run';
COMMENT ON COLUMN callback.event IS 'the id that the receiver sees, the same at each attempt';
COMMENT ON COLUMN callback.host IS 'host and port of the address, so that one host does not hold all connections of a node';
COMMENT ON COLUMN callback.state IS 'waiting: tried at due_at; delivered: the receiver answered 2xx; given-up: not tried any more';
COMMENT ON COLUMN callback.attempts IS 'how often it was tried since tried_from';
COMMENT ON COLUMN callback.status IS 'HTTP status of the last answer; null without one';
COMMENT ON COLUMN callback.error IS 'what went wrong at the last attempt, in our own words; null if nothing did';
COMMENT ON COLUMN callback.tried_from IS 'when it was written, or when a user asked for it again';
COMMENT ON COLUMN callback.due_at IS 'when a node takes it; later while a node has it';

-- By the table and not by each statement that ends a run: a node of the previous version, which knows no callbacks, also ends runs
-- while nodes are replaced.
CREATE FUNCTION callbacks_of_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO callback (run_id, definition, address)
    SELECT NEW.id, NEW.definition, address FROM unnest(NEW.callbacks) AS address
    ON CONFLICT (run_id, address) DO NOTHING;
    RETURN NULL;
END $$;

COMMENT ON FUNCTION callbacks_of_ended_run IS 'writes the outbox of a run in the transaction that ends it';

CREATE TRIGGER run_callbacks AFTER UPDATE OF ended_at ON run FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.callbacks IS NOT NULL)
    EXECUTE FUNCTION callbacks_of_ended_run();
