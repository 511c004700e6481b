-- The ledger of the drop folders: one row per file that was ever taken.

CREATE TABLE dropped_file (
    id         uuid PRIMARY KEY,
    definition text        NOT NULL,
    folder     text        NOT NULL,
    name       text        NOT NULL,
    bytes      bigint      NOT NULL,
    run_id     bigint      NOT NULL REFERENCES run ON DELETE CASCADE,
    place      text        NOT NULL DEFAULT 'processing',
    taken_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    moved_at   timestamptz,
    CONSTRAINT dropped_file_place CHECK (place IN ('processing', 'archive', 'failed'))
);
CREATE INDEX dropped_file_processing ON dropped_file (folder) WHERE place = 'processing';
