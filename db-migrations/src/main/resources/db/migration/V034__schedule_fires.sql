-- What became of each fire time of a schedule, and when schedules were paused.

CREATE TABLE schedule_fire (
    definition text        NOT NULL,
    schedule   text        NOT NULL,
    fire_time  timestamptz NOT NULL,
    outcome    text        NOT NULL CHECK (outcome IN
        ('starting', 'started', 'queued', 'rejected', 'closed', 'paused', 'missed', 'overlapped')),
    reason     text,
    run_id     bigint,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (definition, schedule, fire_time)
);

CREATE INDEX schedule_fire_pending ON schedule_fire (fire_time) WHERE outcome IN ('starting', 'queued');
CREATE INDEX schedule_fire_by_age ON schedule_fire (decided_at);

COMMENT ON TABLE schedule_fire IS 'one row per fire time of a schedule: whether a run started, or why none did';
COMMENT ON COLUMN schedule_fire.outcome IS 'starting: decided, its run is not accepted yet; queued: waits for an earlier run; rejected: its run failed at once';
COMMENT ON COLUMN schedule_fire.reason IS 'why, in words; null for a run that started in time';
COMMENT ON COLUMN schedule_fire.run_id IS 'the run, which may have been purged; null without one';

CREATE TABLE schedule_pause_ended (
    definition text        NOT NULL,
    schedule   text        NOT NULL,
    paused_at  timestamptz NOT NULL,
    ended_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason     text        NOT NULL,
    actor      text        NOT NULL,
    ended_by   text        NOT NULL,
    PRIMARY KEY (definition, schedule, ended_at)
);

CREATE INDEX schedule_pause_ended_by_age ON schedule_pause_ended (ended_at);

COMMENT ON TABLE schedule_pause_ended IS 'pauses of schedules that have ended';
COMMENT ON COLUMN schedule_pause_ended.actor IS 'who paused it, as kind:name';
COMMENT ON COLUMN schedule_pause_ended.ended_by IS 'who resumed it, as kind:name';
