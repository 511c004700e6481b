-- Requests for runs by SQL: a caller asks in a transaction of its own. Decision 0076.
CREATE TABLE run_request (
    id              uuid        NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
    definition      text        NOT NULL,
    parameters      jsonb       NOT NULL,
    idempotency_key text,
    requested_by    text        NOT NULL,
    database_user   text        NOT NULL,
    state           text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'refused')),
    run_id          bigint,
    reason          text,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    decided_at      timestamptz
);
CREATE UNIQUE INDEX run_request_key ON run_request (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX run_request_due ON run_request (due_at) WHERE state = 'waiting';
CREATE INDEX run_request_decided ON run_request (decided_at) WHERE state <> 'waiting';

COMMENT ON TABLE run_request IS 'requests for runs by bes_request_run; a node accepts or refuses each once';
COMMENT ON COLUMN run_request.id IS 'what bes_request_run returns';
COMMENT ON COLUMN run_request.definition IS 'name of the definition; whether it exists is checked by the node';
COMMENT ON COLUMN run_request.parameters IS 'parameters of the request by name, all of them text';
COMMENT ON COLUMN run_request.idempotency_key IS 'as of the REST API; null makes every call a new run';
COMMENT ON COLUMN run_request.requested_by IS 'who asks, as the caller says';
COMMENT ON COLUMN run_request.database_user IS 'the role with which the caller signed in to the database';
COMMENT ON COLUMN run_request.state IS 'waiting: for a node; accepted: run_id is the run; refused: reason says why';
COMMENT ON COLUMN run_request.run_id IS 'the run, which may have been purged; null without one';
COMMENT ON COLUMN run_request.reason IS 'why it was refused; null if it was not';
COMMENT ON COLUMN run_request.created_at IS 'when it was asked for';
COMMENT ON COLUMN run_request.due_at IS 'when a node takes it; later while a node has it';
COMMENT ON COLUMN run_request.decided_at IS 'when it was accepted or refused';

-- The rights of the owner let a role that may only call these functions use the table.
CREATE FUNCTION bes_request_run(
    definition text, parameters jsonb DEFAULT '{}', idempotency_key text DEFAULT NULL, requested_by text DEFAULT session_user)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    made  uuid;
    other run_request;
BEGIN
    IF coalesce(bes_request_run.definition, '') = '' OR length(bes_request_run.definition) > 100 THEN
        RAISE EXCEPTION 'the name of the definition is missing or too long' USING ERRCODE = '22023';
    END IF;
    IF coalesce(jsonb_typeof(bes_request_run.parameters), '') <> 'object' OR EXISTS (
            SELECT FROM jsonb_each(bes_request_run.parameters) AS p WHERE jsonb_typeof(p.value) <> 'string') THEN
        RAISE EXCEPTION 'parameters must be an object whose values are text, such as {"bits": "3"}' USING ERRCODE = '22023';
    END IF;
    IF octet_length(bes_request_run.parameters::text) > 131072 THEN
        RAISE EXCEPTION 'the parameters are larger than 128 KiB' USING ERRCODE = '22023';
    END IF;
    IF bes_request_run.idempotency_key !~ '^[!-~]{1,200}$' OR bes_request_run.idempotency_key ~ '[,"]' THEN
        RAISE EXCEPTION 'an idempotency key has 1 to 200 visible ASCII characters, without commas and double quotes'
            USING ERRCODE = '22023';
    END IF;
    IF coalesce(btrim(bes_request_run.requested_by), '') = '' OR length(bes_request_run.requested_by) > 200 THEN
        RAISE EXCEPTION 'requested_by is missing or too long' USING ERRCODE = '22023';
    END IF;
    INSERT INTO run_request (definition, parameters, idempotency_key, requested_by, database_user)
    VALUES (bes_request_run.definition, bes_request_run.parameters, bes_request_run.idempotency_key,
            bes_request_run.requested_by, session_user)
    ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING id INTO made;
    IF made IS NOT NULL THEN
        RETURN made;
    END IF;
    SELECT * INTO other FROM run_request AS r WHERE r.idempotency_key = bes_request_run.idempotency_key;
    IF other.definition <> bes_request_run.definition OR other.parameters <> bes_request_run.parameters THEN
        RAISE EXCEPTION 'the idempotency key was used for another request; use a new key' USING ERRCODE = '22023';
    END IF;
    RETURN other.id;
END $$;

COMMENT ON FUNCTION bes_request_run IS 'requests a run in the transaction of the caller: a rollback leaves no request; returns its id';

CREATE FUNCTION bes_request_state(request uuid)
RETURNS TABLE (state text, run_id bigint, run_state text, reason text) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT q.state, q.run_id, r.state, q.reason FROM run_request AS q LEFT JOIN run AS r ON r.id = q.run_id WHERE q.id = request
$$;

COMMENT ON FUNCTION bes_request_state IS 'what became of a request for a run; no row if it is unknown or purged';

REVOKE ALL ON FUNCTION bes_request_run, bes_request_state FROM PUBLIC;

-- A caller must not slip in a table of its own by its search path.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION bes_request_run SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION bes_request_state SET search_path = %I, pg_temp', current_schema());
END $$;
