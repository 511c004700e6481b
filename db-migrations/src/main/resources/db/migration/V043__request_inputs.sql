-- The files that come with requests: small ones in rows, large ones in the blob store. Decision 0075.
CREATE TABLE input_content (
    id      uuid   NOT NULL PRIMARY KEY,
    run_id  bigint NOT NULL REFERENCES run ON DELETE CASCADE,
    content bytea  NOT NULL
);
-- a CSV is read once or twice: to compress it costs more than its room
ALTER TABLE input_content ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX input_content_run ON input_content (run_id);

COMMENT ON TABLE input_content IS 'small files that came with requests; purged with their run';
COMMENT ON COLUMN input_content.id IS 'the property row of the input in scoring.inputs';
COMMENT ON COLUMN input_content.run_id IS 'the run that the file came with';
COMMENT ON COLUMN input_content.content IS 'the bytes of the file, as they came';

CREATE TABLE request_blob (
    path       text        NOT NULL PRIMARY KEY,
    occurrence text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX request_blob_age ON request_blob (created_at, path);

COMMENT ON TABLE request_blob IS 'large files that came with requests, as blobs of our container; a row is committed before its blob is uploaded, and deleted after it';
COMMENT ON COLUMN request_blob.path IS 'path of the blob in our container';
COMMENT ON COLUMN request_blob.occurrence IS 'key of the occurrence whose run reads the blob; the blob is purged when there is no such run';
COMMENT ON COLUMN request_blob.created_at IS 'when the upload began';
