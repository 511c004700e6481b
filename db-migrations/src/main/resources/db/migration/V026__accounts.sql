-- Who may use the service: people, and the API keys of their programs.

CREATE TABLE account (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name              text        NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    external_id       text        UNIQUE,
    password_hash     text,
    one_time_until    timestamptz,
    grants            text[]      NOT NULL DEFAULT '{}',
    disabled          boolean     NOT NULL DEFAULT false,
    session_epoch     integer     NOT NULL DEFAULT 0,
    created_at        timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at   timestamptz,
    CONSTRAINT account_local_or_external CHECK ((external_id IS NULL) = (password_hash IS NOT NULL))
);

COMMENT ON TABLE account IS 'one row per person who may sign in, or who did by an OpenID provider; rows are disabled, never deleted, since history names them';
COMMENT ON COLUMN account.id IS 'its number';
COMMENT ON COLUMN account.name IS 'the name at sign-in, and in history and audit';
COMMENT ON COLUMN account.external_id IS 'issuer and subject at the OpenID provider; null for a local user';
COMMENT ON COLUMN account.password_hash IS 'the hash, with the name of its algorithm; null for a user of an OpenID provider';
COMMENT ON COLUMN account.one_time_until IS 'until when the one-time password can be used; null when the user has chosen a password';
COMMENT ON COLUMN account.grants IS 'each is a role, or role:pattern of names of definitions';
COMMENT ON COLUMN account.disabled IS 'whether neither the person nor a key of the account may use the service';
COMMENT ON COLUMN account.session_epoch IS 'a session with another number is over; counts up at sign-out everywhere, new password, and disabling';
COMMENT ON COLUMN account.created_at IS 'when it was added';
COMMENT ON COLUMN account.last_sign_in_at IS 'when somebody last signed in with it; null if nobody has';

CREATE TABLE api_key (
    id           text        PRIMARY KEY,
    account_id   bigint      NOT NULL REFERENCES account,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    secret_hash  text        NOT NULL,
    grants       text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_key_account ON api_key (account_id);

COMMENT ON TABLE api_key IS 'one row per key by which a program signs in';
COMMENT ON COLUMN api_key.id IS 'its id: the second part of the key, which is no secret';
COMMENT ON COLUMN api_key.account_id IS 'its owner; the key may never do more than he';
COMMENT ON COLUMN api_key.name IS 'what it is for';
COMMENT ON COLUMN api_key.secret_hash IS 'SHA-256 of the secret part, in hexadecimal; the secret has 256 random bits';
COMMENT ON COLUMN api_key.grants IS 'each is a role, or role:pattern of names of definitions';
COMMENT ON COLUMN api_key.created_at IS 'when it was made';
COMMENT ON COLUMN api_key.expires_at IS 'from then on it is refused';
COMMENT ON COLUMN api_key.last_used_at IS 'when it was last used, to the minute; null if never';
COMMENT ON COLUMN api_key.revoked_at IS 'when it was revoked; null if it was not';

CREATE TABLE sign_in_attempt (
    subject      text        PRIMARY KEY,
    failures     integer     NOT NULL DEFAULT 0,
    last_at      timestamptz NOT NULL DEFAULT now(),
    succeeded_at timestamptz
);
CREATE INDEX sign_in_attempt_last ON sign_in_attempt (last_at);

COMMENT ON TABLE sign_in_attempt IS 'failed attempts to sign in, by name, by address and by both; all nodes count here';
COMMENT ON COLUMN sign_in_attempt.subject IS 'SHA-256 of what is counted: a mistyped name may be a password';
COMMENT ON COLUMN sign_in_attempt.failures IS 'attempts in a row without success; they count for 15 minutes after the last';
COMMENT ON COLUMN sign_in_attempt.last_at IS 'when the last attempt was counted';
COMMENT ON COLUMN sign_in_attempt.succeeded_at IS 'when this name last signed in from this address; null in other rows';
