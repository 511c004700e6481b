package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.crash.FailoverSequence.Heir;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.StateTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real node dies at every point of its work, as by kill -9, and its work is seen through by another node or by the same
 * one started again. The points are those that a node passes when nothing happens, so that none can be forgotten.
 *
 * <p>Each point has one death here, with every other one the other heir; {@code -Dcrash.full=true} has both for each, and {@code
 * -Dcrash.only=blobs} only the points whose names begin so, or match that regular expression. The two heirs have sites of their own, and the deaths of the one go on beside those of the other.
 */
@Tag("slow")
class CrashMatrixTests {
    private static final List<String> REQUIRED = List.of(
            "request: after its files are kept",
            "request: at the commit of the run",
            "request: after the run",
            "files: not announced yet",
            "files: before the record of a file taken",
            "files: at the commit of the record of a file taken",
            "files: after the record of a file taken",
            "files: put away, not noted yet",
            "schedule: before the decision",
            "schedule: after the decision",
            "schedule: before the run",
            "schedule: at the commit of the run",
            "schedule: after the run",
            "launch: after the claim",
            "batch: executions not written yet",
            "launch: before the upload",
            "launch: after the upload",
            "launch: at the commit of the move to STAGED",
            "launch: after the intent",
            "launch: after the submit",
            "launch: at the commit of the move to SUBMITTED",
            "launch: after the move to SUBMITTED",
            "launch: after the start",
            "launch: at the commit of the move to STARTED",
            "launch: before the create",
            "launch: after the create",
            "launch: before the invoke",
            "launch: after the invoke",
            "track: after the claim",
            "track: after the poll",
            "track: after the wait",
            "track: before the batch",
            "track: after the batch",
            "track: before the answer is kept",
            "track: after the answer is kept",
            "track: at the commit of the move to STARTED and Running",
            "track: after the move to STARTED and Running",
            "track: at the commit of the move to SCORED and Running",
            "collect: after the claim",
            "collect: after the download",
            "collect: before the move to DELIVERED",
            "collect: at the commit of the move to DELIVERED",
            "cancel: at the commit of the wish",
            "cancel: after the wish",
            "cancel: before the delete",
            "cancel: after the delete",
            "cancel: at the commit of the move to STARTED and Cancelled",
            "blobs: before the run of a blob",
            "blobs: at the commit of the run of a blob",
            "blobs: after the run of a blob",
            "blobs: after the copy",
            "blobs: after the deletion",
            "blobs: put away, not noted yet",
            "sql: after the take",
            "sql: before the decision",
            "backfill: after the take",
            "backfill: at the commit of the run",
            "backfill: before the record",
            "callback: after the take",
            "callback: after the call",
            "callback: after the record");

    /** Where the classes of remote services differ in what is done, and not in the name of the point. */
    private static final List<String> OF_EVERY_CLASS = List.of(
            "launch: after the intent",
            "launch: at the commit of the move to SUBMITTED",
            "launch: after the move to SUBMITTED",
            "launch: at the commit of the move to STARTED");

    @TempDir
    static Path folder;

    private static final ExecutorService SIDE_BY_SIDE = Executors.newCachedThreadPool();
    private static final Map<Heir, Installation> SITES = new EnumMap<>(Heir.class);
    private static Map<String, WorkKind> points;

    @BeforeAll
    static void passEveryPointOnce() {
        // long enough for every kind of poll
        TestEnvironment.sandbox()
                .batchEndpoints(BatchEndpointSettings.DEFAULT
                        .withStateTimes(new StateTimes(
                                Duration.ZERO, Duration.ZERO, Duration.ofMillis(300), Duration.ZERO, Duration.ZERO))
                        .withArmLimits(new ArmLimits(100_000, 1_000, 100_000, 1_000)));
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(1200), Duration.ofMillis(1500));
        try (Installation quiet = site("crash-quiet")) {
            points = passed(quiet);
        }
        // as long as each other, and polls would soon come when a job is over: nobody would see it at work twice
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(300), Duration.ofMillis(1500));
        for (Heir heir : Heir.values()) {
            SITES.put(heir, site("crash-" + heir.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
    }

    private static Installation site(String name) {
        return Installation.usual(NodeProgram.shared(), folder.resolve(name), name);
    }

    /** The points in the order in which they first come up, each with the work that passes it. */
    private static Map<String, WorkKind> passed(Installation quiet) {
        Map<String, WorkKind> passed = new LinkedHashMap<>();
        quiet.keepUp(1);
        for (WorkKind workKind : WorkKind.values()) {
            long run = workKind.begin(quiet);
            quiet.awaitEnd(run);
            workKind.isDone(quiet, run);
            quiet.passed().forEach(point -> passed.putIfAbsent(point, workKind));
        }
        return passed;
    }

    @AfterAll
    static void stop() {
        SIDE_BY_SIDE.close();
        SITES.values().forEach(Installation::close);
        TestEnvironment.sandbox().batchEndpoints(BatchEndpointSettings.DEFAULT);
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(50), Duration.ofMillis(150));
    }

    @Test
    void knowsThePointsThatMustNotBeMissed() {
        assertThat(points).containsKeys(REQUIRED.toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> survivesADeathAtEveryPoint() {
        List<List<DynamicTest>> begun =
                Arrays.stream(Heir.values()).map(CrashMatrixTests::begin).toList();
        return begun.stream().flatMap(List::stream);
    }

    /** Begins the deaths with this heir, one after the other; the tests wait for them. */
    private static List<DynamicTest> begin(Heir heir) {
        FailoverSequence failoverSequence = new FailoverSequence(SITES.get(heir), heir);
        Map<String, Runnable> ordeals = new LinkedHashMap<>();
        share(heir)
                .forEach(ordeal -> ordeals.put(
                        ordeal.point + " of a " + ordeal.work,
                        () -> failoverSequence.survive(ordeal.point, ordeal.work)));
        List<DynamicTest> tests = new ArrayList<>();
        CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, Runnable> ordeal : ordeals.entrySet()) {
            CompletableFuture<Void> now = before.exceptionally(e -> null).thenRunAsync(ordeal.getValue(), SIDE_BY_SIDE);
            tests.add(DynamicTest.dynamicTest(ordeal.getKey() + ", then " + heir, () -> outcome(now)));
            before = now;
        }
        return tests;
    }

    /** Fails as the ordeal did: a report that has only a CompletionException says nothing. */
    private static void outcome(CompletableFuture<Void> ordeal) throws Throwable {
        try {
            ordeal.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    /** A point, and the work that passes it. */
    private record Ordeal(String point, WorkKind work) {}

    private static List<Ordeal> share(Heir heir) {
        List<Ordeal> all = new ArrayList<>();
        points.forEach((point, workKind) -> all.add(new Ordeal(point, workKind)));
        for (WorkKind workKind : List.of(WorkKind.NAMED, WorkKind.UNNAMED, WorkKind.ROWS)) {
            OF_EVERY_CLASS.forEach(point -> all.add(new Ordeal(point, workKind)));
        }
        all.removeIf(ordeal -> !ordeal.point.matches("(" + System.getProperty("crash.only", "") + ").*"));
        boolean even = heir == Heir.ANOTHER_NODE;
        return Boolean.getBoolean("crash.full")
                ? all
                : IntStream.range(0, all.size())
                        .filter(i -> i % 2 == 0 == even)
                        .mapToObj(all::get)
                        .toList();
    }
}
