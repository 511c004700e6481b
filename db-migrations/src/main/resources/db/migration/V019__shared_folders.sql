-- A node proves that it sees the same folders as the others before it takes on work that needs them: each folder holds a
-- hidden file with a marker, and the database knows which marker it must be. decisions/0036. A node of an older version
-- does not look at any of this, and proves nothing.

CREATE TABLE shared_folder (
    setting  text PRIMARY KEY,
    marker   uuid        NOT NULL,
    path     text        NOT NULL,
    since    timestamptz NOT NULL DEFAULT clock_timestamp(),
    previous uuid
);

COMMENT ON TABLE shared_folder IS 'one row per folder that all nodes share';
COMMENT ON COLUMN shared_folder.setting IS 'the setting that names the folder on each node';
COMMENT ON COLUMN shared_folder.marker IS 'what the hidden file .orchestrator-folder in it holds';
COMMENT ON COLUMN shared_folder.previous IS 'the marker before that one: if its folder comes back while no node sees the other, it is the shared one again';
COMMENT ON COLUMN shared_folder.path IS 'where it lies; on all nodes in the same place, since inputs and outputs are known by their paths';

ALTER TABLE node ADD COLUMN shared_folders text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN node.shared_folders IS 'the settings of the folders that it has proven to share';
