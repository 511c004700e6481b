-- One budget of calls for each subscription of the managed API; its limits are configuration.
CREATE TABLE call_budget (
    name         text PRIMARY KEY,
    shut_until   timestamptz,
    wanted_until timestamptz
);

-- Calls that some node may make until done_at, or has made until then.
CREATE TABLE call_grant (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    budget  text        NOT NULL REFERENCES call_budget,
    calls   int         NOT NULL CHECK (calls > 0),
    done_at timestamptz NOT NULL
);
CREATE INDEX call_grant_by_time ON call_grant (budget, done_at) INCLUDE (calls);

-- what a run that the limits hold up has ahead of it, for its users
ALTER TABLE run ADD COLUMN forecast json;
