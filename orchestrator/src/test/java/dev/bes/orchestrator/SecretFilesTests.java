package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

/** Secrets in files, one for each setting, as Kubernetes mounts them. */
@Tag("slow")
class SecretFilesTests {
    private static final String SERVICE_KEY = "orchestrator.endpoints.feature-hashing.service-key";
    private static final List<String> SECRETS = List.of(
            "orchestrator.blobs.connection-string",
            SERVICE_KEY,
            "orchestrator.endpoints.feature-hashing.subscription-key");

    @TempDir
    Path folder;

    @Test
    void areReadFromAFolderAtTheStartAndNotAgain() throws IOException {
        new JobFolder(folder)
                .definition("good", "feature-hashing", "")
                .write("definitions/data/good/a.csv", "text\na\n");
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Map<String, Object> settings =
                new LinkedHashMap<>(OrchestratorNode.defaults(folder, TestEnvironment.newDatabase()));
        for (String secret : SECRETS) {
            // files of editors end with a line end
            Files.writeString(secrets.resolve(secret), settings.remove(secret) + "\n");
        }
        Files.writeString(secrets.resolve("spring.datasource.password"), "secret of the database");
        Files.writeString(secrets.resolve("orchestrator.security.oidc.client-secret"), "secret of the client");
        settings.put("spring.config.import", "configtree:" + secrets + "/");

        try (OrchestratorNode node = OrchestratorNode.start(settings)) {
            RunView run = node.score("good", Map.of());
            assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
            assertThat(node.part(Environment.class).getProperty("spring.datasource.password"))
                    .isEqualTo("secret of the database");
            assertThat(node.part(Environment.class).getProperty("orchestrator.security.oidc.client-secret"))
                    .isEqualTo("secret of the client");

            Files.writeString(secrets.resolve(SERVICE_KEY), "another");

            run = node.score("good", Map.of());
            assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        }
    }
}
