-- Runs, scorings, attempts, submit intents and history: the only truth of the service.

CREATE TABLE frozen_definition (
    hash       text PRIMARY KEY,
    name       text        NOT NULL,
    content    jsonb       NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE run (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    definition       text        NOT NULL,
    occurrence       text        NOT NULL,
    trigger          text        NOT NULL,
    fingerprint      text,
    frozen           text        NOT NULL REFERENCES frozen_definition,
    parameters       jsonb       NOT NULL DEFAULT '{}',
    fire_time        timestamptz,
    state            text        NOT NULL DEFAULT 'NotStarted',
    cause            text,
    scorings         int         NOT NULL,
    moves            int         NOT NULL DEFAULT 0,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    cancel_asked_at  timestamptz,
    ended_at         timestamptz,
    CONSTRAINT run_once UNIQUE (definition, occurrence),
    CONSTRAINT run_trigger CHECK (trigger IN ('schedule', 'files', 'request')),
    CONSTRAINT run_state CHECK (state IN ('NotStarted', 'Running', 'Failed', 'Cancelled', 'Finished')),
    CONSTRAINT run_end CHECK ((state IN ('Failed', 'Cancelled', 'Finished')) = (ended_at IS NOT NULL)),
    CONSTRAINT run_failure_has_cause CHECK (state <> 'Failed' OR cause IS NOT NULL)
);
-- an idempotency key is one request, whatever definition it names
CREATE UNIQUE INDEX run_request_once ON run (occurrence) WHERE trigger = 'request';
CREATE INDEX run_by_state ON run (state, id DESC);
CREATE INDEX run_by_definition ON run (definition, id DESC);

COMMENT ON COLUMN run.occurrence IS 'the fire time, the dropped file or the idempotency key: the same occurrence is the same run';
COMMENT ON COLUMN run.fingerprint IS 'hash of a request: the same idempotency key with another request is refused';

CREATE TABLE scoring (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     bigint      NOT NULL REFERENCES run ON DELETE CASCADE,
    position   int         NOT NULL,
    endpoint   text        NOT NULL,
    inputs     json        NOT NULL,
    parameters json        NOT NULL,
    delivery   text        NOT NULL,
    step       text        NOT NULL DEFAULT 'PLANNED',
    state      text        NOT NULL DEFAULT 'NotStarted',
    stopping   text,
    attempt    int         NOT NULL DEFAULT 1,
    epoch      bigint      NOT NULL DEFAULT 0,
    owner      text,
    due_at     timestamptz          DEFAULT clock_timestamp(),
    troubles   int         NOT NULL DEFAULT 0,
    missing    int         NOT NULL DEFAULT 0,
    cause      text,
    moves      int         NOT NULL DEFAULT 0,
    ended_at   timestamptz,
    sweep      text GENERATED ALWAYS AS (
        CASE WHEN state IN ('Failed', 'Cancelled', 'Finished') THEN NULL
             WHEN stopping IS NOT NULL OR step = 'STARTED' THEN 'track'
             WHEN step = 'SCORED' THEN 'collect'
             ELSE 'launch' END) STORED,
    CONSTRAINT scoring_position UNIQUE (run_id, position),
    CONSTRAINT scoring_step CHECK (step IN ('PLANNED', 'STAGED', 'SUBMITTED', 'STARTED', 'SCORED', 'DELIVERED')),
    CONSTRAINT scoring_state CHECK (state IN ('NotStarted', 'Running', 'Failed', 'Cancelled', 'Finished')),
    CONSTRAINT scoring_stopping CHECK (stopping IN ('cancel', 'deadline')),
    CONSTRAINT scoring_end CHECK ((state IN ('Failed', 'Cancelled', 'Finished')) = (ended_at IS NOT NULL)),
    CONSTRAINT scoring_due_until_ended CHECK ((ended_at IS NULL) = (due_at IS NOT NULL)),
    CONSTRAINT scoring_finished_is_delivered CHECK ((state = 'Finished') = (step = 'DELIVERED')),
    CONSTRAINT scoring_running_is_started CHECK (state <> 'Running' OR step IN ('STARTED', 'SCORED')),
    CONSTRAINT scoring_failure_has_cause CHECK (state <> 'Failed' OR cause IS NOT NULL),
    CONSTRAINT scoring_attempt CHECK (attempt >= 1)
) WITH (fillfactor = 70);
CREATE INDEX scoring_due ON scoring (sweep, endpoint, due_at) WHERE sweep IS NOT NULL;
CREATE INDEX scoring_unended ON scoring (run_id) WHERE sweep IS NOT NULL;
CREATE INDEX scoring_troubled ON scoring (id) WHERE sweep IS NOT NULL AND cause IS NOT NULL;

COMMENT ON COLUMN scoring.inputs IS 'json, not jsonb: the order of the inputs means something';
COMMENT ON COLUMN scoring.step IS 'the last fact durably known of the current attempt';
COMMENT ON COLUMN scoring.due_at IS 'when a sweep may claim the row next: back-off, next poll and lease in one; a claim moves it ahead, an expired lease is simply due again';
COMMENT ON COLUMN scoring.epoch IS 'grows with every claim; a move by an older epoch finds no row';
COMMENT ON COLUMN scoring.stopping IS 'set before the remote job is cancelled and never cleared within the attempt: why it is being stopped';
COMMENT ON COLUMN scoring.troubles IS 'failed calls in a row since the last good one';
COMMENT ON COLUMN scoring.missing IS 'times in a row that the remote side did not know the job';
COMMENT ON COLUMN scoring.cause IS 'why it failed, was cancelled, or waits';

CREATE TABLE attempt (
    scoring_id bigint      NOT NULL REFERENCES scoring ON DELETE CASCADE,
    n          int         NOT NULL,
    staged     json        NOT NULL,
    rows_in    bigint      NOT NULL,
    endpoint   text        NOT NULL,
    nonce      uuid,
    job_id     text,
    outputs    json,
    state      text        NOT NULL DEFAULT 'NotStarted',
    cause      text,
    staged_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    bound_at   timestamptz,
    started_at timestamptz,
    scored_at  timestamptz,
    ended_at   timestamptz,
    PRIMARY KEY (scoring_id, n),
    CONSTRAINT attempt_job UNIQUE (endpoint, job_id),
    CONSTRAINT attempt_state CHECK (state IN ('NotStarted', 'Running', 'Failed', 'Cancelled', 'Finished')),
    CONSTRAINT attempt_end CHECK ((state IN ('Failed', 'Cancelled', 'Finished')) = (ended_at IS NOT NULL)),
    CONSTRAINT attempt_bound CHECK ((job_id IS NULL) = (bound_at IS NULL) AND (job_id IS NULL) = (nonce IS NULL)),
    CONSTRAINT attempt_started_is_bound CHECK (started_at IS NULL OR job_id IS NOT NULL),
    CONSTRAINT attempt_finished_has_outputs CHECK (state <> 'Finished' OR outputs IS NOT NULL)
) WITH (fillfactor = 70);

CREATE TABLE submit_intent (
    nonce      uuid PRIMARY KEY,
    scoring_id bigint      NOT NULL REFERENCES scoring ON DELETE CASCADE,
    attempt    int         NOT NULL,
    node       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX submit_intent_by_attempt ON submit_intent (scoring_id, attempt);

COMMENT ON TABLE submit_intent IS 'one row per submit call, committed before the call; its nonce names the output folder of the call';
COMMENT ON COLUMN attempt.nonce IS 'the intent whose reply gave job_id: every other intent of the attempt is an orphan that nobody starts';

CREATE TABLE history (
    run_id      bigint      NOT NULL REFERENCES run ON DELETE CASCADE,
    scoring_id  bigint REFERENCES scoring ON DELETE CASCADE,
    seq         int         NOT NULL,
    attempt     int,
    from_step   text,
    to_step     text,
    from_state  text        NOT NULL,
    to_state    text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    cause       text,
    remote_word text,
    node        text        NOT NULL,
    CONSTRAINT history_seq UNIQUE NULLS NOT DISTINCT (run_id, scoring_id, seq),
    CONSTRAINT history_leaves_no_end CHECK (from_state NOT IN ('Failed', 'Cancelled', 'Finished'))
);
CREATE INDEX history_by_scoring ON history (scoring_id, seq);

COMMENT ON TABLE history IS 'one row per move of a scoring, and of a run where scoring_id is null; never changed';

CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only';
END $$;
CREATE TRIGGER history_append_only BEFORE UPDATE ON history FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
