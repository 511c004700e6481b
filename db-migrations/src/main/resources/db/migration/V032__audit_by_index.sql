-- Lists of the audit are sorted by time, so that a list up to some time begins there, and each filter has an index in that order. Rows of a team
-- are read definition by definition.

DROP INDEX audit_at, audit_actor, audit_action, audit_object, audit_definition, audit_refused;
CREATE INDEX audit_at ON audit (at DESC, id DESC);
CREATE INDEX audit_actor ON audit (actor, at DESC, id DESC);
CREATE INDEX audit_action ON audit (action, at DESC, id DESC);
CREATE INDEX audit_object ON audit (object, at DESC, id DESC);
CREATE INDEX audit_definition ON audit (definition, at DESC, id DESC);
CREATE INDEX audit_outcome ON audit (outcome, at DESC, id DESC);

COMMENT ON COLUMN audit.actor IS 'who, as kind:name, as in the history of runs; nobody if that is not known';

-- What the audit compares the definitions of a starting node with.
CREATE TABLE loaded_definition (
    name text PRIMARY KEY,
    hash text NOT NULL
);
COMMENT ON TABLE loaded_definition IS 'the definitions that a node loaded last; a start that loads others writes rows of the audit';
COMMENT ON COLUMN loaded_definition.name IS 'the name of the definition';
COMMENT ON COLUMN loaded_definition.hash IS 'SHA-256 of the definition, as in frozen_definition';
