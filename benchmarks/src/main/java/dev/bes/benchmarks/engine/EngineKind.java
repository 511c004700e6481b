package dev.bes.benchmarks.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;

/** The engines that ours is measured against, each at the best settings that were found for it. */
public enum EngineKind {
    /** No engine. */
    BARE("bare", "the five calls on virtual threads, %d at a time, nothing written down", 10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) {
            return new BareCalls(steps, tally, CALLS_AT_ONCE);
        }
    },
    /** db-scheduler. */
    DB_SCHEDULER(
            "db-scheduler",
            "16.12.0, one task per file, lock-and-fetch (1.0, 4.0), %d virtual threads,"
                    + " polling every 100 ms, immediate execution",
            10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) throws Exception {
            return new DbSchedulerEngine(database, steps, tally);
        }
    },
    /** No engine, and no limit: a thread for each file, which asks every second, as the guide's sample does. */
    LOOP("loop", "the guide's sample: a virtual thread per file, which asks every second", 10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) {
            return new BareCalls(steps, tally, Integer.MAX_VALUE);
        }
    },
    /** JobRunr. */
    JOB_RUNR("jobrunr", "8.7.0, one job per file, %d workers, polling every 5 s (its least)", 2_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) {
            return new JobRunrEngine(database, steps, tally);
        }
    },
    /** Spring Batch, used the straightforward way. */
    SPRING_BATCH(
            "spring-batch",
            "6.0.6, one job per file with a step for each call, READ_COMMITTED, with the indexes that its schema"
                    + " lacks, %d at a time",
            500) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) throws Exception {
            return new SpringBatchEngine(database, steps, tally);
        }
    };

    static final int CALLS_AT_ONCE = 32;

    private final String word;
    private final String settings;
    private final int most;

    EngineKind(String word, String settings, int most) {
        this.word = word;
        this.settings = settings;
        this.most = most;
    }

    /**
     * The engine of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EngineKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no engine '" + word + "'"));
    }

    abstract Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter tally) throws Exception;

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
