package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The folder of definitions changes while a node runs. */
@Tag("slow")
class DefinitionReloadTests {
    @TempDir
    Path folder;

    private JobFolder jobs;
    private OrchestratorNode node;
    private OrchestratorApi api;

    @BeforeEach
    void start() {
        jobs = new JobFolder(folder);
        jobs.definition("first", "feature-hashing", schedule("nightly", "0 0 2 * * ?"));
        jobs.write("definitions/data/first/a.csv", "text\nThis is a good day\n");
        node = OrchestratorNode.start(
                folder, TestEnvironment.newDatabase(), Map.of("orchestrator.reload-interval", "200ms"));
        api = new OrchestratorClient(node.url()).api();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String schedule(String name, String cron) {
        return "triggers:\n  schedules:\n    - { name: %s, cron: \"%s\", zone: UTC }\n".formatted(name, cron);
    }

    private List<String> names() {
        return api.definitions().definitions().stream()
                .map(DefinitionJson::name)
                .toList();
    }

    private List<String> schedules() {
        return api.schedules().schedules().stream()
                .map(one -> one.definition() + "/" + one.name() + " " + one.cron())
                .toList();
    }

    @Test
    void addsChangesAndRemovesDefinitionsAndTheirSchedules() throws IOException {
        jobs.definition("second", "feature-hashing", schedule("hourly", "0 0 * * * ?"));
        await().until(this::names, List.of("first", "second")::equals);
        await().until(this::triggers, List.of("first/nightly", "second/hourly")::equals);

        jobs.definition("first", "feature-hashing", schedule("nightly", "0 30 3 * * ?"));
        await().until(this::schedules, List.of("first/nightly 0 30 3 * * ?", "second/hourly 0 0 * * * ?")::equals);

        Files.delete(folder.resolve("definitions/second.yaml"));
        await().until(this::names, List.of("first")::equals);
        await().until(this::triggers, List.of("first/nightly")::equals);
        assertThat(audited())
                .containsExactly(
                        "definition.added first",
                        "definition.added second",
                        "definition.changed first",
                        "definition.removed second");
    }

    private List<String> triggers() {
        return node.part(JdbcClient.class)
                .sql("SELECT trigger_group || '/' || trigger_name FROM qrtz_triggers ORDER BY 1")
                .query(String.class)
                .list();
    }

    private List<String> audited() {
        return node.part(JdbcClient.class)
                .sql("SELECT action || ' ' || definition FROM audit WHERE action LIKE 'definition.%' ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void keepsWhatWasLoadedWhenAFileHasAMistake() {
        jobs.write("definitions/bad.yaml", "name: bad\nendpoint: nowhere\n");

        Definitions definitions = node.part(Definitions.class);
        await().until(() -> definitions.refusal().isPresent());

        assertThat(definitions.refusal().orElseThrow().problems())
                .extracting(Diagnostic::toString)
                .anySatisfy(line -> assertThat(line).contains("bad.yaml:2:11", "unknown endpoint 'nowhere'"));
        assertThat(names()).containsExactly("first");
        assertThat(api.schedules().schedules())
                .extracting(ScheduleStateJson::name)
                .containsExactly("nightly");

        jobs.definition("bad", "feature-hashing", "");
        await().until(this::names, List.of("bad", "first")::equals);
        assertThat(definitions.refusal()).isEmpty();
    }

    @Test
    void followsTheLinksOfAMountedFolderThatAreSwapped() throws IOException {
        // as Kubernetes mounts a ConfigMap: each file is a link to ..data/FILE, and ..data a link that is replaced
        Path definitions = folder.resolve("definitions");
        jobs.write("definitions/..1/second.yaml", text("second", "0 0 4 * * ?"));
        jobs.write("definitions/..2/second.yaml", text("second", "0 0 5 * * ?"));
        Files.createSymbolicLink(definitions.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(definitions.resolve("second.yaml"), Path.of("..data/second.yaml"));
        await().until(this::schedules, List.of("first/nightly 0 0 2 * * ?", "second/early 0 0 4 * * ?")::equals);

        Path next = Files.createSymbolicLink(definitions.resolve("..data_tmp"), Path.of("..2"));
        Files.move(next, definitions.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        await().until(this::schedules, List.of("first/nightly 0 0 2 * * ?", "second/early 0 0 5 * * ?")::equals);
    }

    private static String text(String name, String cron) {
        return """
                name: %s
                endpoint: feature-hashing
                inputs: { input1: { from: "data/first/*.csv" } }
                outputs: { output1: { rows: same } }
                %s""".formatted(name, schedule("early", cron));
    }
}
