package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.UserDelegationKey;
import dev.bes.orchestrator.TestCertificate;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import dev.bes.orchestrator.remote.blob.BlobReference.Right;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import dev.bes.sandbox.blob.AzuriteFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * Blobs without an account key, against Azurite with OAuth. It takes every token of the right form: that an identity needs a role is not tested here.
 */
class ManagedIdentityTests {
    private static final Pattern LISTENING = Pattern.compile("successfully listens on (https://[^ ]+)");
    private static final String SETTING = "orchestrator.blobs.account-url";

    @TempDir
    static Path folder;

    private static SSLContext before;
    private static Process azurite;
    private static String accountUrl;
    private static HttpClient http;

    private final BlobServiceClient store = store(ManagedIdentityTests::token);
    private final BlobContainerClient container = store.getBlobContainerClient("c-" + UUID.randomUUID());
    private Instant now = Instant.now();

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "azurite");
        before = SSLContext.getDefault();
        // the client of the service trusts what the JVM trusts
        SSLContext.setDefault(certificate.trust());
        http = HttpClient.newHttpClient();
        ProcessBuilder command = new ProcessBuilder(
                        "node",
                        AzuriteFolder.find(null).resolve("start.js").toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "0",
                        "--location",
                        folder.resolve("blobs").toString(),
                        "--oauth",
                        "basic",
                        "--cert",
                        certificate.store().toString(),
                        "--pwd",
                        TestCertificate.PASSWORD,
                        "--skipApiVersionCheck",
                        "--disableTelemetry",
                        "--silent")
                .redirectErrorStream(true);
        azurite = command.start();
        accountUrl = address(azurite.inputReader(StandardCharsets.UTF_8)) + "/devstoreaccount1";
    }

    private static String address(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return listening.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException(said.toString());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        http.shutdownNow();
        azurite.destroy();
        azurite.waitFor(10, TimeUnit.SECONDS);
        SSLContext.setDefault(before);
    }

    @BeforeEach
    void create() {
        container.create();
    }

    /** A token as Entra ID gives it to an identity, without a signature. */
    private static AccessToken token() {
        Instant now = Instant.now();
        String claims = """
                {"aud": "https://storage.azure.com", "iss": "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/",
                 "oid": "23657296-5cd5-45b0-a809-d972a7f4dfe1", "tid": "dd0d0df1-06c3-436c-8034-4b9a153097ce",
                 "iat": %1$d, "nbf": %1$d, "exp": %2$d}""".formatted(now.getEpochSecond() - 60, now.getEpochSecond() + 3600);
        String token = List.of("{\"typ\": \"JWT\", \"alg\": \"RS256\"}", claims, "unsigned").stream()
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
        return new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
    }

    private interface Machine {
        AccessToken token();
    }

    private static BlobServiceClient store(Machine machine) {
        TokenCredential identity = request -> Mono.fromSupplier(() -> {
            assertThat(request.getScopes()).containsExactly("https://storage.azure.com/.default");
            return machine.token();
        });
        BlobSettings settings = new BlobSettings(null, accountUrl, "unused", Map.of());
        return BlobClients.store(settings.account(), () -> identity, BlobTimeouts.DEFAULT);
    }

    private UserDelegationKeys keys() {
        return new UserDelegationKeys(store, SETTING, BlobTimeouts.DEFAULT, () -> now);
    }

    private String url(Right right, String path, Duration validity) {
        BlobReference reference =
                AzureBlobReferences.byIdentity(container, keys(), () -> now).of(Form.SAS, right, path, validity);
        return reference.baseLocation()
                + reference.relativeLocation()
                + Objects.requireNonNull(reference.sasBlobToken()).value();
    }

    private static int put(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .PUT(BodyPublishers.ofString("a\n1\n"))
                .header("x-ms-blob-type", "BlockBlob")
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static int get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void stagesAndFetchesBlobs() throws IOException {
        AzureBlobs blobs = new AzureBlobs(container, SETTING, BlobTimeouts.DEFAULT);
        byte[] content = "text\ngood day\n".getBytes(StandardCharsets.UTF_8);

        SharedAzurite.stage(blobs, "in/1/a.csv", content);
        Path back = folder.resolve("back-" + UUID.randomUUID());
        SharedAzurite.fetch(blobs, "in/1/a.csv", back);

        assertThat(back).hasBinaryContent(content);
    }

    @Test
    void letsTheFarSideReadAnInputAndWriteAnOutputAndNothingElse() throws Exception {
        String write = url(Right.WRITE, "out/1/a.csv", Duration.ofHours(1));
        assertThat(write).contains("skoid=", "sp=cw", "spr=https&");
        assertThat(put(write)).isEqualTo(201);
        assertThat(put(write.replace("/a.csv?", "/b.csv?"))).isEqualTo(403);

        String read = url(Right.READ, "out/1/a.csv", Duration.ofDays(6));
        assertThat(get(read)).isEqualTo(200);
        assertThat(put(read)).isEqualTo(403);
        assertThat(get(write)).isEqualTo(403);
    }

    @Test
    void endsWhenTheTimeIsOver() throws Exception {
        now = now.minus(2, ChronoUnit.HOURS);

        assertThat(put(url(Right.WRITE, "out/1/a.csv", Duration.ofHours(1)))).isEqualTo(403);
    }

    @Test
    void fetchesAKeyOnceADayAndSoonerIfItEndsTooSoon() {
        UserDelegationKeys keys = keys();
        now = now.minus(3, ChronoUnit.DAYS);
        UserDelegationKey first = keys.until(now.plus(1, ChronoUnit.HOURS));
        assertThat(first.getSignedExpiry().toInstant()).isAfter(now.plus(6, ChronoUnit.DAYS));

        now = now.plus(23, ChronoUnit.HOURS);
        assertThat(keys.until(now.plus(1, ChronoUnit.HOURS))).isSameAs(first);
        UserDelegationKey longer = keys.until(now.plus(UserDelegationKeys.LIFETIME));
        assertThat(longer).isNotSameAs(first);

        now = now.plus(25, ChronoUnit.HOURS);
        assertThat(keys.until(now.plus(1, ChronoUnit.HOURS))).isNotSameAs(longer);
    }

    @Test
    void refusesAJobThatWouldOutliveEveryKey() {
        assertThatThrownBy(() -> url(Right.WRITE, "out/1/a.csv", Duration.ofDays(8)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("shorten the deadline of its definition")
                .hasMessageContaining(SETTING);
    }

    @Test
    void saysThatTheMachineGetsNoToken() {
        BlobContainerClient nobodys = store(() -> {
                    throw new ClientAuthenticationException("no identity: canary", null);
                })
                .getBlobContainerClient("c");

        assertThatThrownBy(() -> new AzureBlobs(nobodys, SETTING, SharedAzurite.IMPATIENT).put("a", new byte[1]))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("this machine gets no token for its identity (" + SETTING)
                .hasMessageNotContaining("canary");
    }
}
