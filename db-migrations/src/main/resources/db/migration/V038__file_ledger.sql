-- Every entry that a drop folder lists is a row from first sight to its end: decisions/0072.

ALTER TABLE dropped_file
    ALTER COLUMN definition DROP NOT NULL,
    ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN reason text,
    ADD COLUMN seen_at timestamptz,
    ADD COLUMN modified_at timestamptz,
    ADD COLUMN sha256 text,
    DROP CONSTRAINT dropped_file_location,
    ADD CONSTRAINT dropped_file_location CHECK (location IN (
        'seen', 'settling', 'complete', 'ignored', 'gone', 'taking', 'duplicate',
        'processing', 'archive', 'deleted', 'failed', 'changed', 'retried', 'scored-again')) NOT VALID,
    DROP CONSTRAINT dropped_file_run,
    ADD CONSTRAINT dropped_file_run CHECK (run_id IS NOT NULL OR location NOT IN (
        'processing', 'archive', 'deleted', 'failed', 'changed', 'retried', 'scored-again')) NOT VALID;
ALTER TABLE dropped_file ALTER COLUMN seen_at SET DEFAULT clock_timestamp();

-- an entry that lies in its folder has one row, however many nodes see it
CREATE UNIQUE INDEX dropped_file_lying ON dropped_file (folder, name)
    WHERE location IN ('seen', 'settling', 'complete', 'ignored');
CREATE UNIQUE INDEX dropped_file_number ON dropped_file (number);
CREATE INDEX dropped_file_by_definition ON dropped_file (definition, number);
CREATE INDEX dropped_file_by_name ON dropped_file (name text_pattern_ops, number);
CREATE INDEX dropped_file_by_content ON dropped_file (sha256, definition) WHERE sha256 IS NOT NULL;
CREATE INDEX dropped_file_without_run ON dropped_file (moved_at) WHERE location IN ('gone', 'duplicate');

COMMENT ON TABLE dropped_file IS 'one row per entry of a drop folder, from first sight to its end';
COMMENT ON COLUMN dropped_file.definition IS 'the definition that takes the file; null if none does';
COMMENT ON COLUMN dropped_file.location IS 'seen, settling, complete: it waits in its folder; ignored: it lies there and is not taken; gone: it was removed before it was taken; taking: announced, perhaps not moved yet; duplicate: its content was scored before, and it is not; processing, archive, failed: the folder; deleted: it was scored and deleted; changed: it differs from what was scored and is kept apart; retried: it was kept apart and put back, as another row; scored-again: it changed, and belongs to another run as another row';
COMMENT ON COLUMN dropped_file.reason IS 'why it is not taken, or not yet, or kept apart';
COMMENT ON COLUMN dropped_file.seen_at IS 'first sight; null in rows of older versions';
COMMENT ON COLUMN dropped_file.taken_at IS 'when it was taken; before that, when its state last changed';
COMMENT ON COLUMN dropped_file.sha256 IS 'hash of the content when it was taken; null if nobody asked for duplicates to be found';
