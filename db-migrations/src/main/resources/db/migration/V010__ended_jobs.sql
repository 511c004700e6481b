-- How long the last jobs of each endpoint took: a row per endpoint, which outlives the runs and costs the attempts no index.

CREATE TABLE ended_jobs (
    endpoint   text PRIMARY KEY,
    running_ms bigint[] NOT NULL,
    total_ms   bigint[] NOT NULL,
    CONSTRAINT ended_jobs_in_pairs CHECK (cardinality(running_ms) = cardinality(total_ms))
);

COMMENT ON TABLE ended_jobs IS 'a hint for the next poll, the newest job first; it may be emptied at any time, and is learned again';
COMMENT ON COLUMN ended_jobs.running_ms IS 'from the start until a poll first saw it running; null if none did';
COMMENT ON COLUMN ended_jobs.total_ms IS 'from the start until a poll saw it finished';
