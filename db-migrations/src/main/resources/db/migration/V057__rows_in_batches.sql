-- An attempt may be scored in batches of rows, by calls that have no id. Any node goes on after the last part.
ALTER TABLE attempt
    ADD COLUMN rows_scored bigint,
    ADD COLUMN parts       json;

COMMENT ON COLUMN attempt.rows_scored IS 'rows that are scored so far, where they are scored in batches of ours; null elsewhere';
COMMENT ON COLUMN attempt.parts IS 'the parts of the outputs in the blob store, in the order of the rows: each with its first byte in the input, the byte after its last one, and its rows';
