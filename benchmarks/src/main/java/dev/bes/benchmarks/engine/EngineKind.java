package dev.bes.benchmarks.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;

/** The engines that the orchestrator is compared with, each with the best settings that were found. */
public enum EngineKind {
    /** No engine. */
    BARE("bare", "the five calls on virtual threads, %d at a time, nothing stored", 10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) {
            return new BareCalls(steps, counter, CALLS_AT_ONCE);
        }
    },
    /** db-scheduler. */
    DB_SCHEDULER(
            "db-scheduler",
            "16.12.0, one task per file, lock-and-fetch (1.0, 4.0), %d virtual threads,"
                    + " polling every 100 ms, immediate execution",
            10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) throws Exception {
            return new DbSchedulerEngine(database, steps, counter);
        }
    },
    /** No engine and no limit: a thread per file, which polls every second, as the sample of the BES guide does. */
    LOOP("loop", "the sample of the BES guide: a virtual thread per file, which polls every second", 10_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) {
            return new BareCalls(steps, counter, Integer.MAX_VALUE);
        }
    },
    /** JobRunr. */
    JOB_RUNR("jobrunr", "8.7.0, one job per file, %d workers, polling every 5 s (its least)", 2_000) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) {
            return new JobRunrEngine(database, steps, counter);
        }
    },
    /** Spring Batch, used the straightforward way. */
    SPRING_BATCH(
            "spring-batch",
            "6.0.6, one job per file with a step for each call, READ_COMMITTED, with the indexes that its schema"
                    + " lacks, %d at a time",
            500) {
        @Override
        Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) throws Exception {
            return new SpringBatchEngine(database, steps, counter);
        }
    };

    static final int CALLS_AT_ONCE = 32;

    private final String title;
    private final String settings;
    private final int most;

    EngineKind(String title, String settings, int most) {
        this.title = title;
        this.settings = settings;
        this.most = most;
    }

    /**
     * The engine of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EngineKind of(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no engine '" + title + "'"));
    }

    abstract Engine start(HikariDataSource database, ScoringSteps steps, WorkCounter counter) throws Exception;

    /** Its name on the command line and in the table. */
    public String title() {
        return title;
    }

    /** Its settings, as text. */
    public String settings() {
        return settings.formatted(CALLS_AT_ONCE);
    }

    /** Most files per round: a slow engine shows no more with more of them. */
    public int mostFiles() {
        return most;
    }
}
