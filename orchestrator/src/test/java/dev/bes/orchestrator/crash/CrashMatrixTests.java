package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.Laptop;
import dev.bes.orchestrator.crash.Succession.Heir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real node dies at every point of its work, as by kill -9, and its work is seen through by another node or by the same
 * one started again. The points are those that a node passes when nothing happens, so that none can be forgotten.
 *
 * <p>Each point has one death here, with every other one the other heir; {@code -Dcrash.full=true} has both for each. The
 * two heirs have sites of their own, and the deaths of the one go on beside those of the other.
 */
class CrashMatrixTests {
    private static final List<String> REQUIRED = List.of(
            "request: after its files are kept",
            "request: at the commit of the run",
            "request: after the run",
            "files: before the record of a file taken",
            "files: at the commit of the record of a file taken",
            "files: after the record of a file taken",
            "files: put away, not noted yet",
            "schedule: before the run",
            "schedule: at the commit of the run",
            "schedule: after the run",
            "launch: after the claim",
            "launch: after Spring Batch's createJobInstance",
            "launch: before the upload",
            "launch: after the upload",
            "launch: at the commit of the move to STAGED",
            "launch: after the intent",
            "launch: after the submit",
            "launch: at the commit of the move to SUBMITTED",
            "launch: after the move to SUBMITTED",
            "launch: after the start",
            "launch: at the commit of the move to STARTED",
            "track: after the claim",
            "track: after the poll",
            "track: after the wait",
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
            "cancel: at the commit of the move to STARTED and Cancelled");

    @TempDir
    static Path folder;

    private static final ExecutorService SIDE_BY_SIDE = Executors.newCachedThreadPool();
    private static final Map<Heir, Site> SITES = new EnumMap<>(Heir.class);
    private static Map<String, Work> points;

    @BeforeAll
    static void passEveryPointOnce() throws IOException {
        // long enough for every kind of poll
        Laptop.sandbox().serviceTime(Duration.ofMillis(1200), Duration.ofMillis(1500));
        NodeProgram program = NodeProgram.pack(Files.createDirectories(folder.resolve("program")));
        try (Site quiet = site(program, "crash-quiet")) {
            points = passed(quiet, program);
        }
        Laptop.sandbox().serviceTime(Duration.ofMillis(300), Duration.ofMillis(400));
        for (Heir heir : Heir.values()) {
            SITES.put(
                    heir,
                    site(
                            program,
                            "crash-" + heir.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
    }

    private static Site site(NodeProgram program, String name) {
        Site site = new Site(program, folder.resolve(name), name)
                .definition("hash", "feature-hashing", "")
                .definition("hang", "hangs", "")
                .definition("drop", "feature-hashing", "triggers:\n  files:\n    - folder: drop\n      settle: 0s\n")
                .definition(
                        "scheduled",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"0 0 0 1 1 ? 2099\"\n      zone: UTC\n");
        new JobFolder(site.folder).write("definitions/data/scheduled/day.csv", Work.DAY);
        return site;
    }

    /** The points in the order in which they first come up, each with the work that passes it. */
    private static Map<String, Work> passed(Site quiet, NodeProgram program) {
        Map<String, Work> passed = new LinkedHashMap<>();
        NodeProcess node = quiet.start(program.training()).awaitReady();
        for (Work work : Work.values()) {
            long run = work.begin(quiet);
            quiet.awaitEnd(run);
            work.isDone(quiet, run);
            quiet.passed().forEach(point -> passed.putIfAbsent(point, work));
        }
        node.signal("TERM").exitCode();
        return passed;
    }

    @AfterAll
    static void stop() {
        SIDE_BY_SIDE.close();
        SITES.values().forEach(Site::close);
        Laptop.sandbox().serviceTime(Duration.ofMillis(50), Duration.ofMillis(150));
    }

    @Test
    void knowsThePointsThatMustNotBeMissed() {
        assertThat(points).containsKeys(REQUIRED.toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> survivesADeathAtEveryPoint() {
        Map<Heir, Map<String, CompletableFuture<Void>>> all = new EnumMap<>(Heir.class);
        for (Heir heir : Heir.values()) {
            Succession succession = new Succession(SITES.get(heir), heir);
            Map<String, CompletableFuture<Void>> deaths = new LinkedHashMap<>();
            share(heir).forEach(point -> deaths.put(point, new CompletableFuture<>()));
            all.put(heir, deaths);
            SIDE_BY_SIDE.execute(() -> deaths.forEach((point, death) -> die(succession, point, death)));
        }
        return all.entrySet().stream()
                .flatMap(deaths -> deaths.getValue().entrySet().stream()
                        .map(d -> DynamicTest.dynamicTest(
                                d.getKey() + ", then " + deaths.getKey(),
                                () -> d.getValue().join())));
    }

    private static List<String> share(Heir heir) {
        List<String> all = List.copyOf(points.keySet());
        boolean even = heir == Heir.ANOTHER_NODE;
        return Boolean.getBoolean("crash.full")
                ? all
                : all.stream()
                        .filter(point -> all.indexOf(point) % 2 == 0 == even)
                        .toList();
    }

    private static void die(Succession succession, String point, CompletableFuture<Void> death) {
        try {
            succession.survive(point, points.get(point));
            death.complete(null);
        } catch (RuntimeException | Error e) {
            death.completeExceptionally(e);
        }
    }
}
