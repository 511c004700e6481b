package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestCertificate;
import dev.bes.orchestrator.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The service with a certificate of its own, by the settings of docs/security.md. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class TlsTests {
    @TempDir
    Path folder;

    private static HttpResponse<String> get(SSLContext trust, URI address) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trust).build();
        try {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
        } finally {
            client.shutdownNow();
        }
    }

    private static String served(HttpResponse<String> answer) throws Exception {
        return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void servesTheCertificateOfTheBundleAndAReplacedOneWithoutARestart(CapturedOutput output) throws Exception {
        TestCertificate first = TestCertificate.make(folder, "first");
        TestCertificate second = TestCertificate.make(folder, "second");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        first.write(certificate, key);
        try (WebNode node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "orchestrator.security.mode",
                        "login",
                        "server.ssl.bundle",
                        "web",
                        "spring.ssl.bundle.pem.web.keystore.certificate",
                        "file:" + certificate,
                        "spring.ssl.bundle.pem.web.keystore.private-key",
                        "file:" + key,
                        "spring.ssl.bundle.pem.web.reload-on-update",
                        "true",
                        "spring.ssl.bundle.watch.file.quiet-period",
                        "100ms"))) {
            URI page = URI.create(node.url().replace("http:", "https:") + "/sign-in");

            HttpResponse<String> answer = get(first.trust(), page);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(served(answer)).isEqualTo("CN=first");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.startsWith("__Host-") && cookie.contains("; Secure"));
            assertThat(output).containsPattern("Sign in at https://localhost:\\d+/sign-in");

            second.write(certificate, key);

            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(SSLHandshakeException.class)
                    .untilAsserted(
                            () -> assertThat(served(get(second.trust(), page))).isEqualTo("CN=second"));
        }
    }
}
