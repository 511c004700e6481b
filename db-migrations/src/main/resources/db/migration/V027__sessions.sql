-- Sessions of people who have signed in: the tables of Spring Session 4.1 for PostgreSQL. Every node reads them.

CREATE TABLE spring_session (
    primary_id            char(36) NOT NULL,
    session_id            char(36) NOT NULL,
    creation_time         bigint   NOT NULL,
    last_access_time      bigint   NOT NULL,
    max_inactive_interval integer  NOT NULL,
    expiry_time           bigint   NOT NULL,
    principal_name        varchar(100),
    CONSTRAINT spring_session_pk PRIMARY KEY (primary_id)
);
CREATE UNIQUE INDEX spring_session_ix1 ON spring_session (session_id);
CREATE INDEX spring_session_ix2 ON spring_session (expiry_time);
CREATE INDEX spring_session_ix3 ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
    session_primary_id char(36)     NOT NULL,
    attribute_name     varchar(200) NOT NULL,
    attribute_bytes    bytea        NOT NULL,
    CONSTRAINT spring_session_attributes_pk PRIMARY KEY (session_primary_id, attribute_name),
    CONSTRAINT spring_session_attributes_fk FOREIGN KEY (session_primary_id)
        REFERENCES spring_session (primary_id) ON DELETE CASCADE
);

COMMENT ON TABLE spring_session IS 'one row per session of a browser; Spring Session writes it';
COMMENT ON COLUMN spring_session.primary_id IS 'number of the row, which stays when the session gets another id';
COMMENT ON COLUMN spring_session.session_id IS 'the id in the cookie; another one after each sign-in';
COMMENT ON COLUMN spring_session.creation_time IS 'when it began, in milliseconds since 1970';
COMMENT ON COLUMN spring_session.last_access_time IS 'when it was last used, by a person or by a page that updates itself';
COMMENT ON COLUMN spring_session.max_inactive_interval IS 'seconds without use after which it is over';
COMMENT ON COLUMN spring_session.expiry_time IS 'when it is over if it is not used again';
COMMENT ON COLUMN spring_session.principal_name IS 'not used: the account stands in an attribute';
COMMENT ON TABLE spring_session_attributes IS 'what is kept with a session, as JSON: its account and when it began';
COMMENT ON COLUMN spring_session_attributes.session_primary_id IS 'the session';
COMMENT ON COLUMN spring_session_attributes.attribute_name IS 'its name';
COMMENT ON COLUMN spring_session_attributes.attribute_bytes IS 'its value as JSON';
