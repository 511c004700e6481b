-- The audit: every change that somebody asked for and every sign-in, allowed or refused.

CREATE TABLE audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor      text        NOT NULL,
    via        text        NOT NULL,
    address    text,
    request    text,
    action     text        NOT NULL,
    object     text        NOT NULL,
    definition text,
    outcome    text        NOT NULL CHECK (outcome IN ('allowed', 'refused')),
    before     text,
    after      text,
    node       text        NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_actor ON audit (actor, id DESC);
CREATE INDEX audit_action ON audit (action, id DESC);
CREATE INDEX audit_object ON audit (object, id DESC);
CREATE INDEX audit_definition ON audit (definition, id DESC);
CREATE INDEX audit_refused ON audit (id DESC) WHERE outcome = 'refused';

COMMENT ON TABLE audit IS 'one row per change that somebody asked for and per sign-in, allowed or refused; written in the transaction of the change, never changed';
COMMENT ON COLUMN audit.id IS 'its number';
COMMENT ON COLUMN audit.at IS 'when, by the clock of the database';
COMMENT ON COLUMN audit.actor IS 'who, as kind:name, as in the history of runs';
COMMENT ON COLUMN audit.via IS 'how the caller was known: session, token, open, or none';
COMMENT ON COLUMN audit.address IS 'the address of the caller; null if it was no request';
COMMENT ON COLUMN audit.request IS 'method and path of the request; null if it was none';
COMMENT ON COLUMN audit.action IS 'what was asked for';
COMMENT ON COLUMN audit.object IS 'to what: kind and name, such as run 17';
COMMENT ON COLUMN audit.definition IS 'the definition that it belongs to; null if to none';
COMMENT ON COLUMN audit.outcome IS 'whether it was allowed or refused';
COMMENT ON COLUMN audit.before IS 'what was before, where something was replaced; never a secret';
COMMENT ON COLUMN audit.after IS 'what is now, or why it was refused; never a secret';
COMMENT ON COLUMN audit.node IS 'the node that wrote the row';

-- Rows are only added. Old ones go by the purge of the service, which says so in its transaction.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('orchestrator.purges_audit', true) = 'on'
            AND OLD.at < now() - interval '1 day' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of the audit are never changed, and removed only by the purge of the service';
END $$;

CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_table BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
