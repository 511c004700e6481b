-- Blobs, and files that stay where they are, are remembered by their version: decisions/0082.

ALTER TABLE dropped_file
    ADD COLUMN store text,
    ADD COLUMN version text,
    ADD COLUMN scored_by bigint,
    DROP CONSTRAINT dropped_file_location,
    ADD CONSTRAINT dropped_file_location CHECK (location IN (
        'seen', 'settling', 'complete', 'grouped', 'ignored', 'gone', 'taking', 'duplicate',
        'processing', 'archive', 'deleted', 'left', 'failed', 'changed', 'retried', 'scored-again')) NOT VALID,
    DROP CONSTRAINT dropped_file_run,
    ADD CONSTRAINT dropped_file_run CHECK (run_id IS NOT NULL OR scored_by IS NOT NULL OR location NOT IN (
        'processing', 'archive', 'deleted', 'left', 'failed', 'changed', 'retried', 'scored-again')) NOT VALID;

-- one version of a file becomes one run, whatever the nodes believe
CREATE UNIQUE INDEX dropped_file_version ON dropped_file (folder, name, version)
    WHERE version IS NOT NULL AND location IN ('taking', 'processing', 'duplicate', 'archive', 'deleted', 'left', 'failed');
CREATE INDEX dropped_file_scored_by ON dropped_file (scored_by) WHERE scored_by IS NOT NULL;
CREATE INDEX dropped_file_retried ON dropped_file (folder, moved_at) WHERE location = 'retried' AND version IS NOT NULL;
CREATE INDEX dropped_file_of_no_run ON dropped_file (moved_at)
    WHERE run_id IS NULL AND scored_by IS NOT NULL AND (version IS NULL OR location = 'retried');

COMMENT ON COLUMN dropped_file.store IS 'the blob store of the settings that has the blob; null for a file of a folder';
COMMENT ON COLUMN dropped_file.version IS 'of a blob its ETag, of a file that stays where it is its size and time; null for other files, and once this version is no longer there';
COMMENT ON COLUMN dropped_file.scored_by IS 'the run, for rows that are kept longer than it: as long as the version is there';
COMMENT ON COLUMN dropped_file.location IS 'seen, settling, complete, grouped: it waits in its folder; ignored: it lies there and is not taken; gone: it was removed before it was taken; taking: announced, perhaps not moved yet; duplicate: its content was scored before, and it is not; processing, archive, failed: the folder; deleted: it was scored and deleted; left: it was scored and stays where it is; changed: it differs from what was scored and is kept apart; retried: it was kept apart and put back, as another row; scored-again: it changed, and belongs to another run as another row';
