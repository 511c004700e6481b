-- Files in folders below a drop folder (recursive: true) are rows with their paths there as names. People look for them by
-- the names of the files alone.

CREATE INDEX dropped_file_below ON dropped_file (split_part(name, '/', -1), number) WHERE strpos(name, '/') > 0;

COMMENT ON COLUMN dropped_file.name IS 'its name in its folder; of a file in a folder below a drop folder, its path there with slashes';
COMMENT ON INDEX dropped_file_below IS 'files in folders below drop folders, by their own names';
