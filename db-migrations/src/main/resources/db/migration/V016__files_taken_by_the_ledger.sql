-- A dropped file is written down before it is moved, so that only files of our own taking are ever adopted: decisions/0030.

ALTER TABLE dropped_file
    ADD COLUMN path text,
    ALTER COLUMN run_id DROP NOT NULL,
    DROP CONSTRAINT dropped_file_place,
    ADD CONSTRAINT dropped_file_place CHECK (
        place IN ('taking', 'processing', 'archive', 'failed', 'changed', 'scored-again')) NOT VALID,
    ADD CONSTRAINT dropped_file_run CHECK (run_id IS NOT NULL OR place = 'taking') NOT VALID;
CREATE INDEX dropped_file_taking ON dropped_file (folder) WHERE place = 'taking';
CREATE INDEX dropped_file_changed ON dropped_file (moved_at) WHERE place IN ('changed', 'scored-again');

COMMENT ON COLUMN dropped_file.path IS 'where it lies; null in rows of older versions while they are processed: there it is <folder>/.processing/<id>/<name>';
COMMENT ON COLUMN dropped_file.place IS 'taking: written down, perhaps not moved yet; changed: it is not what was scored, and lies apart; scored-again: the same, and a run of its own';

-- another reason to wait for somebody: decisions/0031. The rows that there are keep to the narrower rule before.
ALTER TABLE scoring
    DROP CONSTRAINT scoring_attention,
    ADD CONSTRAINT scoring_attention CHECK (
        attention IN ('submits-unanswered', 'kills-its-node', 'forgotten', 'cannot-deliver')) NOT VALID;
