package dev.bes.benchmarks.engine;

import com.zaxxer.hikari.HikariDataSource;

/** The engines that ours is measured against, each at the best settings that were found for it. */
public enum Kind {
    /** No engine. */
    BARE("bare", "the five calls on virtual threads, %d at a time, nothing written down", 10_000) {
        @Override
        Engine start(HikariDataSource database, Steps steps) {
            return new Bare(steps);
        }
    },
    /** db-scheduler. */
    DB_SCHEDULER(
            "db-scheduler",
            "16.12.0, one task per file, scheduled in one batch, lock-and-fetch (0.5, 1.0), %d virtual threads,"
                    + " polling every 100 ms",
            10_000) {
        @Override
        Engine start(HikariDataSource database, Steps steps) throws Exception {
            return new DbScheduler(database, steps);
        }
    },
    /** JobRunr. */
    JOB_RUNR("jobrunr", "8.7.0, one job per file, enqueued in bulk, %d workers, polling every 5 s (its least)", 2_000) {
        @Override
        Engine start(HikariDataSource database, Steps steps) {
            return new JobRunrJobs(database, steps);
        }
    },
    /** Spring Batch, used the straightforward way. */
    SPRING_BATCH(
            "spring-batch",
            "6.0.6, one job per file with a step for each call, READ_COMMITTED, with the indexes that its schema"
                    + " lacks, %d at a time",
            500) {
        @Override
        Engine start(HikariDataSource database, Steps steps) throws Exception {
            return new SpringBatch(database, steps);
        }
    };

    static final int CALLS_AT_ONCE = 32;

    private final String word;
    private final String settings;
    private final int most;

    Kind(String word, String settings, int most) {
        this.word = word;
        this.settings = settings;
        this.most = most;
    }

    abstract Engine start(HikariDataSource database, Steps steps) throws Exception;

    /** Its name on the command line and in the table. */
    public String word() {
        return word;
    }

    /** Its settings, in words. */
    public String settings() {
        return settings.formatted(CALLS_AT_ONCE);
    }

    /** How many files it is given at most: what takes minutes for fewer says no more for many. */
    public int most() {
        return most;
    }
}
