-- Schedules that somebody paused, and runs that repeat another one.

CREATE TABLE schedule_pause (
    definition text        NOT NULL,
    schedule   text        NOT NULL,
    reason     text        NOT NULL,
    actor      text        NOT NULL,
    paused_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (definition, schedule)
);

COMMENT ON TABLE schedule_pause IS 'one row per schedule that is paused; Quartz has the same in the state of its trigger, written in the same transaction';
COMMENT ON COLUMN schedule_pause.actor IS 'who paused it, as kind:name';

ALTER TABLE run ADD COLUMN rerun_of bigint;
CREATE INDEX run_by_rerun ON run (rerun_of) WHERE rerun_of IS NOT NULL;

COMMENT ON COLUMN run.rerun_of IS 'the run that it repeats, which may have been purged; null if it repeats none';
