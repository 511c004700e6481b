package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The service does not start on mistakes in what it is told, and says what they are instead of where it fell. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class RefusedStartTests {
    @TempDir
    Path folder;

    @Test
    void listsAllThreeMistakesOfADefinitionAndDoesNotStart(CapturedOutput output) {
        new JobFolder(folder).write("definitions/strikes.yaml", """
                name: strikes
                description: Three mistakes.
                endpoint: feature-hushing
                inputs:
                  input1:
                    from: data.csv
                outputs:
                  output1:
                    rose: same
                triggers:
                  schedules:
                    - name: nightly
                      cron: "0 0 25 * * ?"
                """);
        Throwable refusal = catchThrowable(() -> OrchestratorNode.start(folder, TestEnvironment.newDatabase(), Map.of())
                .close());

        assertThat(refusal).as("the start").isNotNull();
        assertThat(output)
                .contains("The definitions have mistakes:")
                .contains("strikes.yaml:3:11: unknown endpoint 'feature-hushing' — did you mean 'feature-hashing'?")
                .contains("strikes.yaml:9:5: unknown key 'rose' — known: rows, columns")
                .contains("strikes.yaml:13:13: bad cron expression: Hour values must be between 0 and 23");
    }

    /** A secret holds the word canary; a database at port 1 is never there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orchestrator.endpoints.feature-hashing.service-key | a canary | service-key holds blanks",
                "orchestrator.endpoints.feature-hashing.secondary-subscription-key | a canary | -key holds blanks",
                "orchestrator.endpoints.feature-hashing.url | http://u:canary@x/y | feature-hashing.url must be",
                "orchestrator.endpoints.feature-hashing.max-concurrent-jobs | many | feature-hashing.max-concurrent-jobs",
                "orchestrator.blobs.connection-string | SharedAccessSignature=canary | connection-string has no",
                "orchestrator.blobs.connection-string | canary;AccountName=a;AccountKey=canary | orchestrator.blobs.connection-string is not",
                "orchestrator.blobs.connection-string | \"AccountName=a;AccountKey=canary==\" | connection-string is in quotes",
                "orchestrator.endpoints.feature-hashing.subscription-key | \"canary\" | subscription-key is in quotes",
                "orchestrator.blobs.account-url | https://a.blob.core.windows.net | connection-string are both set",
                "orchestrator.endpoints.feature-hashing.service-key | ${keyvault.gateway} | orchestrator.key-vault is missing, and a setting refers to ${keyvault.gateway}",
                "spring.datasource.url | jdbc:postgresql://127.0.0.1:1/none?password=canary | 127.0.0.1:1",
                "spring.datasource.url | jdbc:postgresql://u:canary@127.0.0.1:1/none | spring.datasource.url contains",
            })
    void saysWhichSettingIsWrongAndNoSecret(String property, String value, String told, CapturedOutput output) {
        new JobFolder(folder).definition("good", "feature-hashing", "");
        Map<String, String> settings = new HashMap<>();
        settings.put("spring.datasource.password", "canary");
        settings.put("spring.datasource.hikari.connection-timeout", "500");
        settings.put("orchestrator.database.startup-timeout", "1s");
        settings.put(property, value);

        Throwable refusal = catchThrowable(() -> OrchestratorNode.start(folder, TestEnvironment.newDatabase(), settings)
                .close());

        assertThat(refusal).as("the start").isNotNull();
        assertThat(Throwables.getStackTrace(refusal) + output).contains(told).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open | server.address | 0.0.0.0 | may listen on this machine only. Set server.address to 127.0.0.1",
                "open | server.address | :: | may listen on this machine only. Set server.address to 127.0.0.1",
                "login | orchestrator.accounts.local-users | false | nobody could sign in. Set orchestrator.security.oidc.issuer",
                "login | server.forward-headers-strategy | native | server.forward-headers-strategy",
            })
    void refusesAModeThatLetsEverybodyInOrNobody(
            String mode, String property, String value, String told, CapturedOutput output) {
        new JobFolder(folder).definition("good", "feature-hashing", "");

        Throwable refusal = catchThrowable(() -> OrchestratorNode.start(
                        folder,
                        TestEnvironment.newDatabase(),
                        Map.of("orchestrator.security.mode", mode, property, value))
                .close());

        assertThat(refusal).as("the start").isNotNull();
        assertThat(Throwables.getStackTrace(refusal) + output).contains(told);
    }

    @Test
    void namesTheVaultThatCannotBeAsked(CapturedOutput output) {
        new JobFolder(folder).definition("good", "feature-hashing", "");

        Throwable refusal = catchThrowable(() -> OrchestratorNode.start(
                        folder,
                        TestEnvironment.newDatabase(),
                        Map.of(
                                "orchestrator.key-vault",
                                "https://127.0.0.1:1",
                                "orchestrator.endpoints.feature-hashing.service-key",
                                "${keyvault.service-key}"))
                .close());

        assertThat(refusal).as("the start").isNotNull();
        assertThat(output)
                .contains("orchestrator.key-vault (https://127.0.0.1:1) cannot be asked for the secret 'service-key'");
    }
}
