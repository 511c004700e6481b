-- Files that wait until their group is complete: decisions/0073.

ALTER TABLE dropped_file
    ADD COLUMN group_key text,
    ADD COLUMN group_id uuid,
    DROP CONSTRAINT dropped_file_location,
    ADD CONSTRAINT dropped_file_location CHECK (location IN (
        'seen', 'settling', 'complete', 'grouped', 'ignored', 'gone', 'taking', 'duplicate',
        'processing', 'archive', 'deleted', 'failed', 'changed', 'retried', 'scored-again')) NOT VALID;
DROP INDEX dropped_file_lying;
CREATE UNIQUE INDEX dropped_file_lying ON dropped_file (folder, name)
    WHERE location IN ('seen', 'settling', 'complete', 'grouped', 'ignored');
CREATE INDEX dropped_file_grouped ON dropped_file (folder, definition, group_key) WHERE location = 'grouped';

COMMENT ON COLUMN dropped_file.group_key IS 'key of the group in which a grouped file waits; empty if all files of its folder are one group';
COMMENT ON COLUMN dropped_file.group_id IS 'the files that were taken together, to become one run';
