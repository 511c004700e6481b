package dev.bes.orchestrator.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The ways in which a run comes to a site, and the one in which it is called off. Each goes on until its run is there. */
enum Work {
    /** A caller sends a file. */
    REQUEST {
        @Override
        long begin(Site site) {
            return new Callers(site).request("hash", UUID.randomUUID().toString(), DAY);
        }
    },
    /** A file is dropped. */
    FILES {
        @Override
        long begin(Site site) {
            String name = UUID.randomUUID() + ".csv";
            drop(site, name, "text\n" + name + "\n");
            return awaitRun(site, "SELECT run_id FROM dropped_file WHERE name = ?", name);
        }

        @Override
        void isDone(Site site, long run) {
            super.isDone(site, run);
            // a moment after the end of the run, and a point of its own
            awaitRun(site, "SELECT run_id FROM dropped_file WHERE location = 'archive' AND run_id = ?", run);
        }
    },
    /** The time of a schedule comes. */
    SCHEDULE {
        @Override
        long begin(Site site) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            site.jdbc
                    .sql(
                            "UPDATE qrtz_triggers SET next_fire_time = ?, trigger_state = 'WAITING' WHERE trigger_name = 'tick'")
                    .param(now.toEpochMilli())
                    .update();
            return awaitRun(site, "SELECT id FROM run WHERE occurrence = ?", "schedule:tick:" + now);
        }
    },
    /** A run is cancelled while its remote job is at work. */
    CANCEL {
        @Override
        long begin(Site site) {
            Callers callers = new Callers(site);
            long run = callers.request("hang", UUID.randomUUID().toString(), DAY);
            awaitRun(site, "SELECT id FROM run WHERE state = 'Running' AND id = ?", run);
            callers.cancel(run);
            return run;
        }

        @Override
        void isDone(Site site, long run) {
            new Verdict(site, run).isCancelledForGood();
        }
    },
    /** A job is created under our name. */
    NAMED {
        @Override
        long begin(Site site) {
            return new Callers(site).request("named", UUID.randomUUID().toString(), DAY);
        }

        @Override
        void isDone(Site site, long run) {
            FarVerdict.isScoredOnce(site, run);
        }
    },
    /** A job is made by a call whose answer tells its id. */
    UNNAMED {
        @Override
        long begin(Site site) {
            return new Callers(site).request("unnamed", UUID.randomUUID().toString(), DAY);
        }

        @Override
        void isDone(Site site, long run) {
            FarVerdict.isScoredOnce(site, run);
        }
    };

    /** Threads enough for everybody who waits, on any machine. */
    static final Executor BESIDE = Executors.newVirtualThreadPerTaskExecutor();

    static final String DAY = "text\nThis is a good day\n";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Makes the run happen, whatever happens to nodes meanwhile. */
    abstract long begin(Site site);

    /** The same, while others do something else. */
    CompletableFuture<Long> beginBeside(Site site) {
        return CompletableFuture.supplyAsync(() -> begin(site), BESIDE);
    }

    /** Judges the run after its end. */
    void isDone(Site site, long run) {
        new Verdict(site, run).isScoredOnce();
    }

    /** Moves a whole file into the drop folder. */
    static void drop(Site site, String name, String csv) {
        try {
            Path draft = Files.writeString(site.folder.resolve(name), csv);
            Path inbox = site.folder.resolve("inbox/drop");
            Files.move(draft, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long awaitRun(Site site, String sql, Object parameter) {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> site.jdbc
                                .sql(sql)
                                .param(parameter)
                                .query(Long.class)
                                .optional(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
