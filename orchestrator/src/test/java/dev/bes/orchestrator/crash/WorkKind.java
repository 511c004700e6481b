package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobItem;
import dev.bes.orchestrator.callback.CallbackReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The ways in which a run comes to a site, and the one in which it is called off. Each goes on until its run is there. */
enum WorkKind {
    /** A caller sends a file. */
    REQUEST {
        @Override
        long begin(Installation installation) {
            return new RetryingCallers(installation)
                    .request("hash", UUID.randomUUID().toString(), DAY);
        }
    },
    /** Three files are dropped at the same time, so that a node takes them together. */
    FILES {
        @Override
        long begin(Installation installation) {
            String name = UUID.randomUUID() + ".csv";
            drop(installation, "1-" + name, "text\n1 " + name + "\n");
            drop(installation, "2-" + name, "text\n2 " + name + "\n");
            drop(installation, name, "text\n" + name + "\n");
            // two nodes may announce the same file at the same time: only one of the rows gets a run
            return awaitRun(
                    installation, "SELECT run_id FROM dropped_file WHERE name = ? AND run_id IS NOT NULL", name);
        }

        @Override
        void isDone(Installation installation, long run) {
            super.isDone(installation, run);
            // a moment after the end of the run, and a point of its own
            awaitRun(installation, "SELECT run_id FROM dropped_file WHERE location = 'archive' AND run_id = ?", run);
            String others = """
                    SELECT count(DISTINCT o.run_id) FROM dropped_file f
                    JOIN dropped_file o ON o.name IN ('1-' || f.name, '2-' || f.name) AND o.run_id IS NOT NULL
                    WHERE f.run_id = ? AND o.location = 'archive' HAVING count(*) = 2""";
            assertThat(awaitRun(installation, others, run))
                    .as("runs of the files beside it")
                    .isEqualTo(2);
        }
    },
    /** The time of a schedule comes. */
    SCHEDULE {
        @Override
        long begin(Installation installation) {
            RetryingCallers callers = new RetryingCallers(installation);
            long last = installation
                    .jdbc
                    .sql("SELECT coalesce(max(id), 0) FROM run")
                    .query(Long.class)
                    .single();
            callers.resumeSchedule("scheduled", "tick");
            long run = awaitRun(
                    installation,
                    "SELECT min(id) FROM run WHERE trigger = 'schedule' AND id > ? HAVING count(*) > 0",
                    last);
            callers.pauseSchedule("scheduled", "tick");
            return run;
        }
    },
    /** A run is cancelled while its remote job is at work. */
    CANCEL {
        @Override
        long begin(Installation installation) {
            RetryingCallers retryingCallers = new RetryingCallers(installation);
            long run = retryingCallers.request("hang", UUID.randomUUID().toString(), DAY);
            awaitRun(installation, "SELECT id FROM run WHERE state = 'Running' AND id = ?", run);
            retryingCallers.cancel(run);
            return run;
        }

        @Override
        void isDone(Installation installation, long run) {
            new RunVerification(installation, run).isCancelledForGood();
        }
    },
    /** A job is created under our name. */
    NAMED {
        @Override
        long begin(Installation installation) {
            return new RetryingCallers(installation)
                    .request("named", UUID.randomUUID().toString(), TEXTS);
        }

        @Override
        void isDone(Installation installation, long run) {
            new RunVerification(installation, run).isScoredByOneJob();
        }
    },
    /** A job is made by a call whose answer tells its id. */
    UNNAMED {
        @Override
        long begin(Installation installation) {
            return new RetryingCallers(installation)
                    .request("unnamed", UUID.randomUUID().toString(), TEXTS);
        }

        @Override
        void isDone(Installation installation, long run) {
            new RunVerification(installation, run).isScoredByOneJob();
        }
    },
    /** Rows are scored by a model server, in batches. */
    ROWS {
        @Override
        long begin(Installation installation) {
            String key = UUID.randomUUID().toString();
            return new RetryingCallers(installation).request("rows", key, rows(key));
        }

        @Override
        void isDone(Installation installation, long run) {
            new RunVerification(installation, run).isScoredInBatches();
        }
    },
    /** A blob arrives in a container. */
    BLOB {
        @Override
        long begin(Installation installation) {
            String name = UUID.randomUUID() + ".csv";
            installation.lake().getBlobClient("in/" + name).upload(BinaryData.fromString("text\n" + name + "\n"));
            return awaitRun(
                    installation,
                    "SELECT coalesce(run_id, scored_by) FROM dropped_file WHERE name = ? AND coalesce(run_id, scored_by) IS NOT NULL",
                    name);
        }

        @Override
        void isDone(Installation installation, long run) {
            super.isDone(installation, run);
            awaitRun(
                    installation,
                    "SELECT scored_by FROM dropped_file WHERE location = 'archive' AND scored_by = ?",
                    run);
            assertThat(installation.lake().listBlobs().stream().map(BlobItem::getName))
                    .as("archived once, and gone from where it arrived")
                    .filteredOn(blob -> !blob.startsWith("in/archive/") || blob.startsWith("in/archive/" + run + "-"))
                    .singleElement()
                    .asString()
                    .startsWith("in/archive/");
        }
    },
    /** A caller requests a run in its own transaction. */
    SQL {
        @Override
        long begin(Installation installation) {
            UUID request = installation
                    .jdbc
                    .sql("SELECT bes_request_run('scheduled')")
                    .query(UUID.class)
                    .single();
            return awaitRun(
                    installation, "SELECT run_id FROM run_request WHERE state = 'accepted' AND id = ?", request);
        }
    },
    /** A backfill fills a time of the past. */
    BACKFILL {
        @Override
        long begin(Installation installation) {
            LocalDate day = LocalDate.of(2001, 1, 1).plusDays(new Random().nextInt(7_000));
            new RetryingCallers(installation).backfill("daily", day.toString());
            return awaitRun(
                    installation,
                    "SELECT run_id FROM backfill_item WHERE run_id IS NOT NULL AND fire_time = ? LIMIT 1",
                    day.atTime(3, 0).atOffset(ZoneOffset.UTC));
        }

        @Override
        void isDone(Installation installation, long run) {
            super.isDone(installation, run);
            assertThat(installation
                            .jdbc
                            .sql("SELECT id FROM run WHERE definition = 'daily'"
                                    + " AND fire_time = (SELECT fire_time FROM run WHERE id = ?)")
                            .param(run)
                            .query(Long.class)
                            .list())
                    .as("one run of that time")
                    .containsExactly(run);
        }
    },
    /** Another program is told of the end of a run. */
    CALLBACK {
        @Override
        long begin(Installation installation) {
            return new RetryingCallers(installation)
                    .request("calls", UUID.randomUUID().toString(), DAY);
        }

        @Override
        void isDone(Installation installation, long run) {
            super.isDone(installation, run);
            awaitRun(installation, "SELECT run_id FROM callback WHERE state = 'delivered' AND run_id = ?", run);
            assertThat(Installation.RECEIVER.calls("/ended"))
                    .extracting(CallbackReceiver.Call::id)
                    .as("at least one call of the one event of that run")
                    .contains(event(installation, run));
        }
    };

    /** Threads enough for everybody who waits, on any machine. */
    static final Executor BESIDE = Executors.newVirtualThreadPerTaskExecutor();

    static final String TEXTS = "Col2\nThis is a good day\n";
    static final String HASHED_HEADER = "Col2,"
            + IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i).collect(Collectors.joining(","));
    static final String DAY = "text\nThis is a good day\n";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Makes the run happen, whatever happens to nodes meanwhile. */
    abstract long begin(Installation installation);

    /** The same, while others do something else. */
    CompletableFuture<Long> beginBeside(Installation installation) {
        return CompletableFuture.supplyAsync(() -> begin(installation), BESIDE);
    }

    /** Judges the run after its end. */
    void isDone(Installation installation, long run) {
        new RunVerification(installation, run).isScoredOnce();
    }

    /** Ten rows that no other run has. */
    static String rows(String key) {
        return IntStream.range(0, 10)
                .mapToObj(row -> "row " + row + " of " + key + "\n")
                .collect(Collectors.joining("", "Col2\n", ""));
    }

    /** Moves a whole file into the drop folder. */
    static void drop(Installation installation, String name, String csv) {
        try {
            Path draft = Files.writeString(installation.folder.resolve(name), csv);
            Path inbox = installation.folder.resolve("inbox/drop");
            Files.move(draft, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event(Installation installation, long run) {
        return installation
                .jdbc
                .sql("SELECT event::text FROM callback WHERE run_id = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    private static long awaitRun(Installation installation, String sql, Object parameter) {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> installation
                                .jdbc
                                .sql(sql)
                                .param(parameter)
                                .query(Long.class)
                                .optional(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
