-- Scorings that wait for somebody's decision, and the nodes that are at work.

ALTER TABLE scoring
    ADD COLUMN attention  text,
    ADD COLUMN lapses     int NOT NULL DEFAULT 0,
    ADD COLUMN resumed_at timestamptz,
    ADD CONSTRAINT scoring_attention CHECK (attention IN ('submits-unanswered', 'kills-its-node', 'forgotten')),
    ADD CONSTRAINT scoring_attention_waits CHECK (
        attention IS NULL OR (ended_at IS NULL AND owner IS NULL AND cause IS NOT NULL AND due_at = 'infinity'));
CREATE INDEX scoring_attention ON scoring (run_id) WHERE attention IS NOT NULL;

COMMENT ON COLUMN scoring.attention IS 'why it waits for somebody: nothing is done about it until it is resumed, or its run cancelled';
COMMENT ON COLUMN scoring.lapses IS 'takeovers in a row from a node that let its lease lapse: what it did to that node it may do to the next';
COMMENT ON COLUMN scoring.resumed_at IS 'when somebody last let it go on; submit calls before that do not count';

CREATE TABLE node (
    name       text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    beat_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    skew_ms    bigint      NOT NULL
);

COMMENT ON TABLE node IS 'one row per node that runs, or that ended without saying so';
COMMENT ON COLUMN node.skew_ms IS 'how far its clock is ahead of the database clock';
