package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.blob.BlobReference.Right;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureBlobReferencesTests {

    private final BlobContainerClient container = SharedAzurite.container("c-" + UUID.randomUUID());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void create() {
        container.create();
    }

    @AfterEach
    void close() {
        http.close();
    }

    private BlobReference reference(Form form, Right right, String path, InstantSource clock) {
        return AzureBlobReferences.byKey(container, new Secret(SharedAzurite.connectionString()), clock)
                .of(form, right, path, Duration.ofHours(1));
    }

    /** Joins the parts as a BES client does. */
    private static String url(BlobReference reference) {
        return reference.baseLocation()
                + reference.relativeLocation()
                + Objects.requireNonNull(reference.sasBlobToken()).value();
    }

    private int put(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .PUT(BodyPublishers.ofString("a\n1\n"))
                .header("x-ms-blob-type", "BlockBlob")
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private int get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void letsTheFarSideWriteAnOutputAndNothingElse() throws Exception {
        String url = url(reference(Form.SAS, Right.WRITE, "out/1/a.csv", InstantSource.system()));

        assertThat(put(url)).isEqualTo(201);
        assertThat(put(url)).as("written again").isEqualTo(201);
        assertThat(get(url)).isEqualTo(403);
        assertThat(put(url.replace("/a.csv?", "/b.csv?"))).isEqualTo(403);
    }

    @Test
    void letsTheFarSideReadAnInputAndNothingElse() throws Exception {
        put(url(reference(Form.SAS, Right.WRITE, "in/1/a.csv", InstantSource.system())));

        String url = url(reference(Form.SAS, Right.READ, "in/1/a.csv", InstantSource.system()));

        assertThat(get(url)).isEqualTo(200);
        assertThat(put(url)).isEqualTo(403);
    }

    @Test
    void endsWhenTheTimeIsOver() throws Exception {
        Instant past = Instant.now().minus(Duration.ofHours(2));

        String url = url(reference(Form.SAS, Right.WRITE, "out/1/a.csv", () -> past));

        assertThat(put(url)).isEqualTo(403);
    }

    @Test
    void isValidAtOnceHoweverFarOurClockIsAhead() throws Exception {
        Instant ahead = Instant.now().plus(Duration.ofHours(3));

        String url = url(reference(Form.SAS, Right.WRITE, "out/1/a.csv", () -> ahead));

        assertThat(put(url)).isEqualTo(201);
    }

    @Test
    void usesTheShapesOfTheGeneratedClients() {
        BlobReference sas = reference(Form.SAS, Right.READ, "in/1/a.csv", InstantSource.system());
        assertThat(sas.connectionString()).isNull();
        assertThat(sas.baseLocation()).endsWith("/devstoreaccount1/");
        assertThat(sas.relativeLocation()).isEqualTo(container.getBlobContainerName() + "/in/1/a.csv");
        assertThat(Objects.requireNonNull(sas.sasBlobToken()).value())
                .startsWith("?")
                .contains("sr=b", "sp=r&");

        BlobReference key = reference(Form.CONNECTION_STRING, Right.READ, "in/1/a.csv", InstantSource.system());
        assertThat(key)
                .isEqualTo(new BlobReference(
                        new Secret(SharedAzurite.connectionString()), sas.relativeLocation(), null, null));
    }

    @Test
    void printsNoSecret() {
        assertThat(reference(Form.SAS, Right.READ, "in/1/a.csv", InstantSource.system()))
                .asString()
                .doesNotContain("sig=");
        assertThat(reference(Form.CONNECTION_STRING, Right.READ, "in/1/a.csv", InstantSource.system()))
                .asString()
                .doesNotContain("AccountKey");
    }
}
