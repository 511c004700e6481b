package dev.bes.orchestrator.trigger.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Upload;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadPurgeTests {
    private final RunParts rows = DatabaseFixture.shared().node("uploads");
    private final HealthyFolders disk = new HealthyFolders();
    private final Path folder;
    private final RequestTrigger requestTrigger;
    private final Uploads uploads;

    UploadPurgeTests(@TempDir Path folder) {
        this.folder = folder.resolve("uploads");
        new JobFolder(folder).definition("asked", "hashing", "triggers: {}");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        this.uploads =
                new Uploads(new TriggerSettings(folder, this.folder, folder, Duration.ofSeconds(1), 1), disk.work);
        this.requestTrigger = new RequestTrigger(
                definitions,
                new InputFiles(definitions),
                uploads,
                rows.runs(),
                rows.reader(),
                new AdmissionControl(most -> 0, 1, System::nanoTime),
                disk,
                disk.threads);
    }

    /** Has a request uploaded so long ago. Returns its run. */
    private long upload(int daysAgo) throws IOException {
        long run = requestTrigger
                .accept(new Request(
                        "asked",
                        UUID.randomUUID().toString(),
                        Map.of(),
                        Map.of(
                                "input1",
                                new Upload(
                                        "a.csv",
                                        () -> new ByteArrayInputStream(
                                                "text\ngood\n".getBytes(StandardCharsets.UTF_8)))),
                        Actor.ANONYMOUS))
                .id();
        Files.setLastModifiedTime(
                Path.of(path(run)).resolveSibling("occurrence"),
                FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo))));
        return run;
    }

    private String path(long run) {
        return rows.jdbc()
                .sql("SELECT inputs -> 'input1' ->> 'path' FROM scoring WHERE run_id = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    private void forget(long run) {
        rows.jdbc().sql("DELETE FROM run WHERE id = ?").param(run).update();
    }

    private void purge(Duration runs) throws IOException {
        new UploadPurge(uploads, rows.reader(), disk, disk.work, InstantSource.system()).purge(runs);
    }

    @Test
    void removesTheFilesOfARunThatIsGone() throws IOException {
        forget(upload(91));
        purge(Duration.ofDays(90));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsTheFilesOfARunThatIsThereHoweverOldTheyAre() throws IOException {
        upload(1000);
        purge(Duration.ofDays(90));

        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void keepsYoungFilesThatMayBecomeARun() throws IOException {
        forget(upload(0));
        purge(Duration.ZERO);

        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void goesOnWithAFolderThatIsHalfRemoved() throws IOException {
        forget(upload(91));
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.endsWith("input-1.csv")).toList()) {
                Files.delete(file);
            }
        }
        purge(Duration.ofDays(90));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesWhatDoesNotSayWhoseItIs() throws IOException {
        Path other = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
        Files.setLastModifiedTime(other, FileTime.fromMillis(0));
        purge(Duration.ofDays(90));

        assertThat(other).isDirectory();
    }

    @Test
    void findsNothingToDoWhereNothingWasEverUploaded() throws IOException {
        purge(Duration.ofDays(90));

        assertThat(folder).doesNotExist();
    }
}
