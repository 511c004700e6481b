package dev.bes.orchestrator.trigger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.callback.CallbackReceiver;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RequestSettings;
import dev.bes.orchestrator.trigger.RequestSettings.Root;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.RootFile;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that requests name below the roots of the settings. */
class RootFilesTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(2);
    private static final BlobVersions NO_STORE = new BlobVersions() {
        @Override
        public Set<String> stores() {
            return Set.of();
        }

        @Override
        public String etag(String store, String path) {
            throw new IllegalArgumentException(store);
        }
    };

    private final Path root;
    private final RunParts rows = DATABASE.node("roots");
    private final RequestTrigger requestTrigger;

    RootFilesTests(@TempDir Path folder) throws IOException {
        this.root = Files.createDirectories(folder.resolve("exports"));
        Files.createDirectories(root.resolve("2026/11"));
        Files.writeString(root.resolve("2026/11/day.csv"), "text\ngood\n");
        Files.writeString(folder.resolve("secret.csv"), "text\nsecret\n");
        JobFolder jobs = new JobFolder(folder);
        jobs.definition("asked", "hashing", "triggers: {}");
        jobs.definition("finance-day", "hashing", "triggers: {}");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        HealthyFolders disk = new HealthyFolders();
        RequestSettings settings = new RequestSettings(
                Map.of("exports", new Root(root, List.of("*")), "books", new Root(root, List.of("finance-*"))));
        this.requestTrigger = new RequestTrigger(
                definitions,
                new InputFiles(definitions),
                new RequestFiles(
                        new InMemoryBlobs(),
                        NO_STORE,
                        new RequestBlobs(rows.jdbc()),
                        new RootFiles(settings),
                        disk.work),
                rows.runs(),
                rows.reader(),
                new AdmissionControl(most -> 0, 1, System::nanoTime),
                disk.threads,
                CallbackReceiver.nothingAllowed());
    }

    private static Request asking(String definition, String key, String root, String path) {
        return new Request(definition, key, Map.of(), Map.of("input1", new RootFile(root, path)), Actor.ANONYMOUS);
    }

    private Accepted request(String definition, String key, String root, String path) {
        return requestTrigger.accept(asking(definition, key, root, path));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private List<String> contents(long run) {
        return rows.jdbc()
                .sql("SELECT content FROM input_content WHERE run_id = ?")
                .param(run)
                .query((row, n) -> new String(row.getBytes("content"), StandardCharsets.UTF_8))
                .list();
    }

    @Test
    void areKeptWithTheRunAsTheyWereWhenItWasAccepted() throws IOException {
        Accepted accepted = request("asked", key(), "exports", "2026/11/day.csv");
        Files.delete(root.resolve("2026/11/day.csv"));

        assertThat(contents(accepted.id())).containsExactly("text\ngood\n");
        assertThat(rows.jdbc()
                        .sql("SELECT inputs::text FROM scoring WHERE run_id = ?")
                        .param(accepted.id())
                        .query(String.class)
                        .single())
                .contains("day.csv");
    }

    @Test
    void answersARepetitionWithItsRunHoweverTheFileChanges() throws IOException {
        String key = key();
        Accepted accepted = request("asked", key, "exports", "2026/11/day.csv");
        Files.delete(root.resolve("2026/11/day.csv"));

        assertThat(request("asked", key, "exports", "2026/11/day.csv"))
                .returns(accepted.id(), Accepted::id)
                .returns(false, Accepted::isNew);
        assertThatThrownBy(() -> request("asked", key, "exports", "2026/11/other.csv"))
                .isInstanceOf(RunRefusedException.KeyReused.class);
    }

    @Test
    void areForTheDefinitionsOfTheirRootOnly() {
        assertThat(request("finance-day", key(), "books", "2026/11/day.csv").isNew())
                .isTrue();
        assertThatThrownBy(() -> request("asked", key(), "books", "2026/11/day.csv"))
                .isInstanceOf(RunRefusedException.NoInput.class)
                .hasMessage("Input 'input1': there is no root 'books' for definition asked; its roots are: exports");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.csv",
                "2026/../../secret.csv",
                "/etc/passwd",
                "2026//11/day.csv",
                "./2026/11/day.csv",
                "2026/11/",
                "",
                "2026/11/day.csv\n",
                "2026/11/missing.csv",
                "missing/day.csv",
                "2026/11",
                "link.csv",
                "away/secret.csv",
                "pipe.csv"
            })
    void leadNowhereElse(String path) throws Exception {
        Files.createSymbolicLink(root.resolve("link.csv"), root.resolveSibling("secret.csv"));
        Files.createSymbolicLink(root.resolve("away"), root.getParent());
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe.csv").toString())
                        .start()
                        .waitFor())
                .isZero();
        int before = count();

        assertThatThrownBy(() -> request("asked", key(), "exports", path))
                .isInstanceOf(RunRefusedException.NoInput.class)
                .hasMessageStartingWith("Input 'input1': ");
        assertThat(count()).isEqualTo(before);
    }

    private int count() {
        return rows.jdbc().sql("SELECT count(*) FROM run").query(Integer.class).single();
    }
}
