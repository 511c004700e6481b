package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.RrsCapacity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that scores the rows of a file by a model server is killed between two batches, as by kill -9. */
@Tag("slow")
class InferenceCrashTests {
    private static final int BATCHES = 20;
    private static final int PARALLEL = 4;

    @TempDir
    static Path folder;

    private static long scored(Sandbox far) {
        return far.journal().entries().stream()
                .filter(entry -> entry.event() == Event.EXECUTE)
                .count();
    }

    private static String sha256(Installation installation, long run) {
        return installation
                .jdbc
                .sql("SELECT outputs->'output1'->>'sha256' FROM attempt a JOIN scoring s ON s.id = a.scoring_id"
                        + " WHERE s.run_id = ? AND s.state = 'Finished'")
                .param(run)
                .query(String.class)
                .single();
    }

    @Test
    void anotherNodeGoesOnAndRepeatsOnlyTheBatchesThatWereUnderWay() {
        String rows = IntStream.range(0, 10_000)
                .mapToObj(row -> row + "," + row % 2 + ",No\n")
                .collect(Collectors.joining("", "Speed IAS in knots,Large,Damage\n", ""));
        String prefix = "orchestrator.endpoints.model.";
        try (Sandbox far = Sandbox.start(SandboxOptions.defaults()
                        .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString()));
                Installation installation = new Installation(NodeProgram.shared(), folder, "inference-crash")
                        .with(prefix + "kind", "inference")
                        .with(prefix + "url", far.directUrl())
                        .with(prefix + "inference.model", "DamagePrediction")
                        .with(prefix + "inference.batch-rows", 10_000 / BATCHES)
                        .with(prefix + "inference.parallel-batches", PARALLEL)
                        .file("definitions/rows.yaml", """
                                name: rows
                                description: Scores rows.
                                endpoint: model
                                inputs:
                                  input1:
                                    from: data/*.csv
                                outputs:
                                  output1:
                                    rows: same
                                """)) {
            installation.keepUp(2);
            RetryingCallers callers = new RetryingCallers(installation);
            long quiet = callers.request("rows", UUID.randomUUID().toString(), rows);
            installation.awaitEnd(quiet);
            assertThat(scored(far)).isEqualTo(BATCHES);

            far.rrsCapacity(RrsCapacity.DEFAULT.withCallTime(Duration.ofMillis(300)));
            long run = callers.request("rows", UUID.randomUUID().toString(), rows);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> scored(far) >= BATCHES + 2 * PARALLEL);
            String owner = installation
                    .jdbc
                    .sql("SELECT owner FROM scoring WHERE run_id = ?")
                    .param(run)
                    .query(String.class)
                    .single();
            installation.node(owner).close();
            installation.awaitEnd(run);

            assertThat(sha256(installation, run)).isEqualTo(sha256(installation, quiet));
            assertThat(scored(far)).as("batches of both runs").isBetween(2L * BATCHES, 2L * BATCHES + PARALLEL);
        }
    }
}
