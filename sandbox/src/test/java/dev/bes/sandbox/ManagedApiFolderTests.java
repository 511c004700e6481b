package dev.bes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedApiFolderTests {

    private static final String BODY = "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"good\"]]}}}";

    @TempDir
    Path folder;

    @Test
    void refusesTheEighthCallWhenTheDocumentSaysSeven() throws IOException {
        copyManagedApi();
        Path starter = folder.resolve("policies/products/starter.xml");
        Files.writeString(starter, Files.readString(starter).replace("calls=\"5\"", "calls=\"7\""));

        try (Sandbox sandbox = Sandbox.start(SharedStore.options().withManagedApi(folder))) {
            SampleClient starterClient = client(sandbox, "starter");
            for (int i = 0; i < 7; i++) {
                assertThat(starterClient
                                .call("POST", "/execute?api-version=2.0&details=true", BODY)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(starterClient
                            .call("POST", "/execute?api-version=2.0&details=true", BODY)
                            .statusCode())
                    .isEqualTo(429);
            SampleClient client = client(sandbox, "unlimited");
            assertThat(client.call("POST", "/execute?API-VERSION=2.0&DETAILS=true", BODY)
                            .body())
                    .as("names in the query are not case-sensitive")
                    .contains("ColumnNames");
            assertThat(client.call("POST", "/execute/?api-version=2.0&details=true", BODY)
                            .statusCode())
                    .as("a slash at the end")
                    .isEqualTo(200);
            assertThat(client.call("GET", "/swagger.json", "").body()).contains("\"swagger\":\"2.0\"");
        }
    }

    private static SampleClient client(Sandbox sandbox, String subscription) {
        WebService service = sandbox.service("SimpleFeatureHashingExperiment");
        return new SampleClient(sandbox.managedUrl(), service.path(), service.apiKey())
                .with(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription(subscription).primaryKey());
    }

    private void copyManagedApi() throws IOException {
        Path bundled = Path.of("managed-api");
        try (Stream<Path> files = Files.walk(bundled)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(bundled.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
