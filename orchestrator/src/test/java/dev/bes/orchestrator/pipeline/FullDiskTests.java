package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.SmallDisk;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.pipeline.collect.ContainerDelivery;
import dev.bes.orchestrator.pipeline.collect.Fetch;
import dev.bes.orchestrator.pipeline.collect.OutputDelivery;
import dev.bes.orchestrator.pipeline.collect.StreamedDelivery;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that outputs are delivered to is full. */
class FullDiskTests {
    private static final int DISK = 256 * 1024;

    @TempDir
    Path folder;

    private final String content = "score\n" + "0123456789\n".repeat(10_000);
    private final Claim claim = aClaim(Step.SCORED)
            .output("output1", new Output(Rows.ANY, List.of("score")))
            .build();
    private final InMemoryBlobs inMemoryBlobs =
            new InMemoryBlobs().with("out/7/3-1/" + NONCE + "/output1.csv", content);

    private Outcome fetch() {
        StepFixture stepFixture = new StepFixture(folder.resolve("disk"));
        ContainerDelivery containerDelivery = new ContainerDelivery(new InMemoryStore(), stepFixture.disk.threads);
        return new Fetch(
                        inMemoryBlobs,
                        new RecentBlobs(stepFixture.jobs),
                        new OutputDelivery(stepFixture.settings),
                        containerDelivery,
                        new StreamedDelivery(
                                inMemoryBlobs,
                                new RecentBlobs(stepFixture.jobs),
                                new InMemoryStore(),
                                containerDelivery),
                        StepFixture.noShadows(),
                        stepFixture.retryPolicy,
                        stepFixture.disk.threads,
                        stepFixture.disk,
                        stepFixture.rows.folded(),
                        stepFixture.settings)
                .fetch(claim);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("disk/there"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void waitsForRoomAndLeavesNothingBehindMeanwhile() throws IOException {
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), DISK)) {
            Path ballast = Files.write(disk.place().resolve("ballast"), new byte[DISK - 64 * 1024]);

            assertThat(StepFixture.later(fetch()).failure()).startsWith("Fetching is retried later: ");
            assertThat(files()).as("nothing, and nothing empty").isEmpty();

            Files.delete(ballast);
            assertThat(StepFixture.move(fetch()).to().step()).isEqualTo(Step.DELIVERED);
            assertThat(files())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent(content));
        }
    }

    @Test
    void waitsForADiskThatMayBeWrittenTo() throws IOException {
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), DISK)) {
            Files.createDirectory(disk.place().resolve("there"));
            disk.readOnly(true);
            assertThat(StepFixture.later(fetch()).failure()).startsWith("Fetching is retried later: ");

            disk.readOnly(false);
            assertThat(StepFixture.move(fetch()).to().step()).isEqualTo(Step.DELIVERED);
        }
    }
}
