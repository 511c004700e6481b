package dev.bes.testbench.chaos.load;

import com.azure.core.util.BinaryData;
import dev.bes.testbench.chaos.environment.ChaosNodeSettings;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.chaos.load.Action.Backfill;
import dev.bes.testbench.chaos.load.Action.CancelRun;
import dev.bes.testbench.chaos.load.Action.DropDuplicates;
import dev.bes.testbench.chaos.load.Action.DropFiles;
import dev.bes.testbench.chaos.load.Action.PutBlobs;
import dev.bes.testbench.chaos.load.Action.RequestBySql;
import dev.bes.testbench.chaos.load.Action.RequestRun;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.Handling;
import dev.bes.testbench.checker.evidence.DriverJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Acts as the clients of the nodes, and records what was requested and what was answered. */
public final class LoadDriver {

    private static final Duration RETRY_TIME = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(700);
    /** Added to the number of a dropped file, so that its content differs from that of every request. */
    private static final long DROPPED_OFFSET = 1_000_000;

    private final TestEnvironment environment;
    private final DriverJournal journal;
    private final InstantSource clock;
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param journal where each request and answer is recorded */
    public LoadDriver(TestEnvironment environment, DriverJournal journal, InstantSource clock) {
        this.environment = environment;
        this.journal = journal;
        this.clock = clock;
    }

    /** Does one action; returns when it is done or given up. */
    public void perform(Action action) {
        switch (action) {
            case RequestRun request -> request(request);
            case RequestBySql request -> request(request);
            case DropFiles drop -> drop(drop);
            case DropDuplicates drop -> drop(drop);
            case PutBlobs blobs -> put(blobs);
            case Backfill backfill -> backfill(backfill);
            case CancelRun cancel -> cancel(cancel);
        }
    }

    /** Ends all retries. */
    public void end() {
        over.set(true);
    }

    /** How often each action was done, by name. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** A request with a file. */
    private record Call(String definition, String key, Path file) {}

    private void request(RequestRun request) {
        String key = "chaos-" + request.number();
        Path file = file(key + ".csv", csv(request.number(), request.rows()));
        Call call = new Call(ChaosDefinition.requested(environment.kind(), request.number()), key, file);
        journal.append(new DriverEntry.Asked(clock.instant(), call.definition(), key));
        count("request: " + request.behaviour().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        List<URI> nodes =
                request.nodes().stream().map(n -> environment.node(n).url()).toList();
        switch (request.behaviour()) {
            case RETRIES -> retry(nodes, call);
            case IN_PARALLEL -> inParallel(nodes, call);
            case SENDS_TWICE -> {
                retry(nodes, call);
                retry(nodes.reversed(), call);
            }
            case DISCONNECTS_THEN_RETRIES -> {
                once(nodes.getFirst(), call, request.clientTimeout());
                retry(nodes, call);
            }
            case DISCONNECTS -> once(nodes.getFirst(), call, request.clientTimeout());
        }
    }

    private void request(RequestBySql request) {
        String key = "chaos-sql-" + request.number();
        if (request.commits()) {
            journal.append(new DriverEntry.Asked(clock.instant(), ChaosDefinition.NAME, key));
        }
        count("request by SQL: " + (request.commits() ? "committed" : "rolled back"));
        try {
            environment.database().requestRun(ChaosDefinition.NAME, key, request.commits());
            if (request.commits()) {
                journal.append(new DriverEntry.RequestCommitted(clock.instant(), key));
            }
        } catch (SQLException e) {
            count("request by SQL without an answer");
        }
    }

    private void backfill(Backfill backfill) {
        List<Instant> times = IntStream.range(backfill.year(), backfill.year() + backfill.years())
                .mapToObj(year -> Instant.parse(year + "-01-01T03:00:00Z"))
                .toList();
        String name = ChaosDefinition.YEARLY;
        journal.append(new DriverEntry.BackfillAsked(clock.instant(), name, name, times));
        count("backfill");
        boolean accepted = backfill.nodes().stream()
                .map(node -> environment.node(node).url())
                .anyMatch(node -> environment
                        .api()
                        .backfill(node, name, name, backfill.year(), backfill.year() + backfill.years() - 1));
        if (accepted) {
            journal.append(new DriverEntry.BackfillAcknowledged(clock.instant(), name, name, times));
        }
    }

    private void inParallel(List<URI> nodes, Call call) {
        List<Thread> callers = nodes.stream()
                .map(node -> Thread.ofVirtual().start(() -> retry(List.of(node), call)))
                .toList();
        retry(nodes, call);
        callers.forEach(LoadDriver::await);
    }

    /** Sends the request to one node after the other until one accepts it. */
    private void retry(List<URI> nodes, Call call) {
        try {
            Awaitility.await()
                    .atMost(RETRY_TIME)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(PAUSE)
                    .until(() -> over.get() || nodes.stream().anyMatch(node -> once(node, call, TIMEOUT)));
        } catch (ConditionTimeoutException e) {
            count("request given up");
        }
    }

    private boolean once(URI node, Call call, Duration timeout) {
        OptionalLong run = environment.api().requestRun(node, call.definition(), call.file(), call.key(), timeout);
        run.ifPresent(id -> journal.append(new DriverEntry.Acknowledged(clock.instant(), call.key(), id)));
        return run.isPresent();
    }

    private void drop(DropFiles drop) {
        Handling handling = drop.definition().equals(ChaosDefinition.STAYING) ? Handling.STAYING : Handling.ARCHIVED;
        for (int number = drop.first(); number < drop.first() + drop.files(); number++) {
            drop(drop.definition(), number, csv(DROPPED_OFFSET + number, drop.rows()), handling);
        }
    }

    private void drop(DropDuplicates drop) {
        for (int i = 0; i < drop.files(); i++) {
            int content = drop.first() + i % drop.contents();
            String csv = csv(DROPPED_OFFSET + content, drop.rows());
            drop(ChaosDefinition.ONCE, drop.first() + i, csv, Handling.ONCE);
        }
    }

    private void drop(String definition, int number, String content, Handling handling) {
        String name = "drop-" + number + ".csv";
        Path folder = environment.folder().inbox().resolve(definition);
        Path file = file(name, content);
        String sha256 = DigestUtils.sha256Hex(content);
        journal.append(
                new DriverEntry.FileDropped(clock.instant(), definition, folder.toString(), name, sha256, handling));
        try {
            Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count("file dropped for " + definition);
    }

    private void put(PutBlobs blobs) {
        for (int number = blobs.first(); number < blobs.first() + blobs.blobs(); number++) {
            String content = csv(DROPPED_OFFSET + number, blobs.rows());
            String name = "drop-" + number + ".csv";
            String folder = ChaosNodeSettings.LAKE + "/" + ChaosDefinition.PREFIX;
            journal.append(new DriverEntry.FileDropped(
                    clock.instant(),
                    ChaosDefinition.BLOBS,
                    folder,
                    name,
                    DigestUtils.sha256Hex(content),
                    Handling.BLOB));
            environment.lake().getBlobClient(ChaosDefinition.PREFIX + name).upload(BinaryData.fromString(content));
            count("blob written for " + ChaosDefinition.BLOBS);
        }
    }

    private void cancel(CancelRun cancel) {
        URI node = environment.node(cancel.node()).url();
        List<Long> live = environment.api().liveRuns(node);
        if (live.isEmpty()) {
            return;
        }
        long run = live.get(cancel.index() % live.size());
        count("cancellation requested");
        if (environment.api().cancel(node, run)) {
            journal.append(new DriverEntry.CancelAcknowledged(clock.instant(), run));
        }
    }

    private void count(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    private String csv(long number, int rows) {
        return GeneratedCsv.csv(environment.kind().column(), number, rows);
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(environment.folder().producer().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
