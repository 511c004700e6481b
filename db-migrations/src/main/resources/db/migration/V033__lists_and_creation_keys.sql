-- Lists of runs by the time at which they were accepted, and the idempotency keys of what is created with a secret.

CREATE INDEX run_by_definition_and_time ON run (definition, created_at, id);

CREATE TABLE creation_key (
    caller      text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    made        text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (caller, key)
);
CREATE INDEX creation_key_at ON creation_key (at);

COMMENT ON TABLE creation_key IS 'one row per idempotency key by which a user or an API key was made; runs keep their own key as their occurrence';
COMMENT ON COLUMN creation_key.caller IS 'who sent the key: the same key of another caller is another one';
COMMENT ON COLUMN creation_key.fingerprint IS 'hash of the request: the same key with another request is refused';
COMMENT ON COLUMN creation_key.made IS 'the address of what was made; its secret is kept nowhere';
COMMENT ON COLUMN creation_key.at IS 'when, by the clock of the database; the row is purged with the metadata';
