package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static dev.bes.sandbox.SampleClient.byKey;
import static dev.bes.sandbox.SampleClient.bySas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.catalogue.WebService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class BatchExecutionTests {

    private static final String SENTENCE = "Col1,Col2\n0,This is a good day\n1,I loved this book\n";
    private static final String SCORED = "Col1,Col2,Col2_HashingFeature.0,Col2_HashingFeature.1,Col2_HashingFeature.2,"
            + "Col2_HashingFeature.3,Col2_HashingFeature.4,Col2_HashingFeature.5,Col2_HashingFeature.6,"
            + "Col2_HashingFeature.7\r\n0,This is a good day,1,1,2,2,0,2,0,1\r\n1,I loved this book,0,1,1,2,1,0,2,0\r\n";

    private static Sandbox sandbox;
    private static WebService service;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        service = sandbox.service("SimpleFeatureHashingExperiment");
        SharedStore.put("bes/in.csv", SENTENCE);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void scoresThroughTheDirectPortByConnectionString() {
        assertThat(run(direct(service), body("/bes/in.csv", "/bes/direct.csv"))).isEqualTo(SCORED);
        assertThat(SharedStore.get("bes/direct.csv")).isEqualTo(SCORED);
    }

    @Test
    void scoresThroughTheManagedPortWithASubscriptionKey() {
        SampleClient client = new SampleClient(sandbox.managedUrl(), service.path(), service.apiKey())
                .with(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription("unlimited").primaryKey());

        assertThat(run(client, body("bes/in.csv", "bes/managed.csv"))).isEqualTo(SCORED);
    }

    @Test
    void scoresBlobsReferredToBySas() {
        String body = body(bySas("bes/in.csv", "r"), bySas("bes/sas.csv", "cw"), Map.of());

        assertThat(run(direct(service), body)).isEqualTo(SCORED);
    }

    @Test
    void readsWithASharedAccessSignatureInTheConnectionString() {
        String sas = "BlobEndpoint=" + SharedStore.baseLocation() + ";SharedAccessSignature="
                + SharedStore.sas("bes/in.csv", "r").substring(1);
        Map<String, String> input = Map.of("ConnectionString", sas, "RelativeLocation", "bes/in.csv");

        assertThat(run(direct(service), body(input, byKey("bes/sas-string.csv"), Map.of())))
                .isEqualTo(SCORED);
    }

    @Test
    void answersOnTheNewerAddressToo() {
        SampleClient client = new SampleClient(sandbox.directUrl(), service.newPath(), service.apiKey());

        assertThat(run(client, body("bes/in.csv", "bes/new.csv"))).isEqualTo(SCORED);
    }

    private static SampleClient direct(WebService service) {
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }

    /** The published sample: submit, start, poll, download, and delete whatever happens. */
    private static String run(SampleClient client, String body) {
        String id = client.submit(body);
        try {
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(client.start(id)).isEqualTo(204);
            await().atMost(Duration.ofSeconds(20)).until(() -> client.state(id), "Finished"::equals);
            JsonNode output = client.status(id).path("Results").path("output1");
            return download(output.path("BaseLocation").stringValue()
                    + output.path("RelativeLocation").stringValue()
                    + output.path("SasBlobToken").stringValue());
        } finally {
            assertThat(client.delete(id)).isEqualTo(204);
        }
    }

    private static String download(String url) {
        try {
            return SampleClient.http
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
