-- Shadows: a second endpoint scores the same inputs, and the outputs are compared. Decision 0093.

ALTER TABLE run DROP CONSTRAINT run_trigger,
    ADD CONSTRAINT run_trigger CHECK (trigger IN ('schedule', 'files', 'request', 'fold', 'shadow')) NOT VALID;

CREATE TABLE shadow_comparison (
    scoring_id    bigint      PRIMARY KEY REFERENCES scoring ON DELETE CASCADE,
    run_id        bigint      NOT NULL,
    position      int         NOT NULL,
    definition    text        NOT NULL,
    endpoint      text        NOT NULL,
    main_endpoint text        NOT NULL,
    shadow_run    bigint      REFERENCES run ON DELETE SET NULL,
    verdict       text        CHECK (verdict IN ('same', 'differs', 'not-comparable', 'failed', 'skipped')),
    cause         text,
    found         jsonb,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz
);
CREATE UNIQUE INDEX shadow_comparison_by_shadow ON shadow_comparison (shadow_run) WHERE shadow_run IS NOT NULL;
CREATE INDEX shadow_comparison_by_run ON shadow_comparison (run_id, position);
CREATE INDEX shadow_comparison_by_definition ON shadow_comparison (definition, scoring_id);
CREATE INDEX shadow_comparison_waiting ON shadow_comparison (definition) WHERE verdict IS NULL;
CREATE INDEX shadow_comparison_waiting_by_run ON shadow_comparison (run_id) WHERE verdict IS NULL;

COMMENT ON TABLE shadow_comparison IS 'scorings whose inputs another endpoint scores, too: one row each, written by the transaction that accepts the output';
COMMENT ON COLUMN shadow_comparison.scoring_id IS 'the scoring whose output is delivered';
COMMENT ON COLUMN shadow_comparison.run_id IS 'its run';
COMMENT ON COLUMN shadow_comparison.position IS 'its number in the run';
COMMENT ON COLUMN shadow_comparison.endpoint IS 'the other endpoint';
COMMENT ON COLUMN shadow_comparison.main_endpoint IS 'the endpoint whose output is delivered';
COMMENT ON COLUMN shadow_comparison.shadow_run IS 'the run by the other endpoint; null if it was skipped, or is purged';
COMMENT ON COLUMN shadow_comparison.verdict IS 'null while the shadow is under way';
COMMENT ON COLUMN shadow_comparison.cause IS 'why there is no comparison; null if there is one';
COMMENT ON COLUMN shadow_comparison.found IS 'what differs, by output and column; null before the outputs were compared';
COMMENT ON COLUMN shadow_comparison.ended_at IS 'when the verdict was known; null before';
