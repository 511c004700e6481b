package dev.bes.orchestrator.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.testbench.checker.Checker;
import dev.bes.testbench.checker.CheckerReport;
import dev.bes.testbench.checker.evidence.BlobListing;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.SnapshotReader;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** One whole node, with every trigger and every way to end, leaves evidence in which the checker finds nothing. */
@Tag("slow")
class WholeServiceTests {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String CONTAINER = "whole";
    private static final String TEXT = "text\nThis is a good day\n";

    @TempDir
    private Path folder;

    private final String address = TestEnvironment.newDatabase();
    private final List<DriverEntry> driver = new ArrayList<>();

    @Test
    void hasNoViolationForTheChecker() throws Exception {
        define();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults()
                .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString()))) {
            try (OrchestratorNode node = OrchestratorNode.start(folder, address, properties(sandbox))) {
                work(node);
            }
            Evidence evidence = evidence(sandbox);

            CheckerReport report = Checker.check(evidence);
            assertThat(report.broken()).as(report.toString()).isEmpty();
            assertThat(evidence.database().runs())
                    .extracting(Snapshot.Run::state)
                    .contains("Finished", "Failed", "Cancelled");
            assertThat(evidence.database().quartz().triggers()).isNotEmpty();
            assertThat(evidence.dropped()).hasSize(2);
        }
    }

    private void define() {
        JobFolder jobs = new JobFolder(folder)
                .definition(
                        "ticks",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n      zone: Asia/Tokyo\n")
                .definition("drops", "feature-hashing", "triggers:\n  files:\n    - folder: drops\n      settle: 1s\n")
                .definition("fails", "always-fails", "attempts:\n  max: 2\n  backoff: 1s\n")
                .definition("empty", "never-writes", "")
                .definition("late", "hangs", "deadline: 1s\n")
                .definition("stopped", "hangs", "");
        for (String name : List.of("ticks", "fails", "empty", "late", "stopped")) {
            jobs.write("definitions/data/" + name + "/a.csv", TEXT);
        }
    }

    private static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> all = new HashMap<>();
        all.put("orchestrator.blobs.container", CONTAINER);
        all.put("orchestrator.pipeline.poll-min", POLL.toMillis() + "ms");
        Map<String, String> services = Map.of(
                "feature-hashing", "SimpleFeatureHashingExperiment",
                "always-fails", "AlwaysFails",
                "never-writes", "NeverWrites",
                "hangs", "HangsForever");
        services.forEach((endpoint, service) -> all.put(
                "orchestrator.endpoints." + endpoint + ".url",
                sandbox.managedUrl() + sandbox.service(service).path()));
        return all;
    }

    private void work(OrchestratorNode node) throws IOException {
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        drop("good.csv", TEXT);
        drop("bad.csv", "other\n1\n");
        List<Long> runs = List.of("fails", "empty", "late", "stopped").stream()
                .map(definition -> request(node, definition))
                .toList();
        RunReader reader = node.part(RunReader.class);
        await().atMost(LONG)
                .until(() -> reader.find(runs.getLast()).orElseThrow().state() == State.RUNNING);
        assertThat(node.part(Cancellation.class).cancel(runs.getLast(), Actor.user("ada")))
                .isTrue();
        driver.add(new DriverEntry.CancelAcknowledged(Instant.now(), runs.getLast()));
        runs.forEach(node::ended);
        await().atMost(LONG)
                .until(() -> StoredFile.below(folder.resolve("inbox")).stream()
                        .noneMatch(file -> file.path().contains(".processing")
                                || file.path().contains("drops/good")));
        watch(node, from, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private long request(OrchestratorNode node, String definition) {
        driver.add(new DriverEntry.Asked(Instant.now(), definition, definition));
        long run = node.part(RequestTrigger.class)
                .accept(new Request(definition, definition, Map.of(), Map.of(), Actor.ANONYMOUS))
                .id();
        driver.add(new DriverEntry.Acknowledged(Instant.now(), definition, run));
        return run;
    }

    private void drop(String name, String text) throws IOException {
        Path drops = Files.createDirectories(folder.resolve("inbox/drops"));
        Path whole = Files.writeString(folder.resolve(name), text);
        driver.add(new DriverEntry.FileDropped(
                Instant.now(), "drops", drops.toString(), name, DigestUtils.sha256Hex(text)));
        Files.move(whole, drops.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void watch(OrchestratorNode node, Instant from, Instant to) {
        for (Instant time = from; !time.isAfter(to); time = time.plusSeconds(1)) {
            driver.add(new DriverEntry.FireTimePassed(Instant.now(), "ticks", "tick", time));
        }
        RunReader reader = node.part(RunReader.class);
        await().atMost(LONG)
                .until(() -> reader.list(RunFilter.ALL.of("ticks"), 1000).stream()
                        .filter(run -> !to.isBefore(run.fireTime()))
                        .allMatch(run -> run.state().ended()));
    }

    private Evidence evidence(Sandbox sandbox) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(address);
        return new Evidence(
                sandbox.journal().entries(),
                SnapshotReader.snapshot(database),
                driver,
                BlobListing.of(sandbox.blobConnectionString(), CONTAINER),
                StoredFile.below(folder.resolve("delivered")),
                StoredFile.below(folder.resolve("inbox")),
                SnapshotReader.texts(database),
                Map.of("key of the gateway", sandbox.subscription("unlimited").primaryKey()),
                new CheckerSettings(POLL, LONG, Duration.ofMillis(100), LONG, 1, 0));
    }
}
