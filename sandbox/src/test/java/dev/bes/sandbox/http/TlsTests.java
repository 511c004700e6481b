package dev.bes.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with a certificate that clients have to be told to trust. */
class TlsTests {

    @TempDir
    private static Path data;

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withTls(true).withData(data));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void answersClientsThatTrustItsCertificate(String host) throws Exception {
        URI url = URI.create(sandbox.portalUrl().toString().replace("127.0.0.1", host) + "apis");
        try (HttpClient client = trusting(certificate())) {
            HttpRequest request = HttpRequest.newBuilder(url).build();

            assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("<h1");
        }
    }

    @Test
    void namesItsSchemeInTheChallenge() throws Exception {
        String path = sandbox.service("SimpleFeatureHashingExperiment").path() + "/jobs/1?api-version=2.0";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(sandbox.managedUrl() + path)).build();
        try (HttpClient client = trusting(certificate())) {
            assertThat(client.send(request, BodyHandlers.ofString()).headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(
                            challenge -> assertThat(challenge).contains("\"" + sandbox.managedUrl() + "\""));
        }
    }

    @Test
    void isRefusedByClientsThatDoNotTrustIt() {
        HttpRequest request = HttpRequest.newBuilder(sandbox.portalUrl()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keepsItsKeyOutOfTheDataFolder() throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneSatisfy(file -> assertThat(file.toString()).matches(".*\\.(p12|jks|key)"));
        }
        assertThat(certificate()).content().contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
    }

    @Test
    void doesNotAnswerHttpOnThePortOfHttps() {
        try (RawConnection connection = new RawConnection(sandbox.directUrl())) {
            assertThat(connection
                            .head("GET /portal/ HTTP/1.1", "Host: localhost")
                            .replyHead()
                            .statusLine())
                    .doesNotStartWith("HTTP");
        }
    }

    private static Path certificate() {
        return sandbox.certificate().orElseThrow();
    }

    /** As docs/sandbox.md shows it. */
    private static HttpClient trusting(Path pem) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            trusted.setCertificateEntry(
                    "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
