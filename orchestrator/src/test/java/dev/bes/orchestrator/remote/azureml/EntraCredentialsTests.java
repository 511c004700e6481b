package dev.bes.orchestrator.remote.azureml;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenRequestContext;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of credential proves who calls, to an authority or to the machine, on loopback. */
@Tag("slow")
class EntraCredentialsTests {
    private static final String PASSWORD = "changeit";
    private static final String SCOPE = "https://ml.azure.com/.default";

    private final AzuremlFixture fixture = new AzuremlFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"app.pem,", "app.pfx, changeit"})
    void signWithTheCertificateOfTheApplication(String file, @Nullable String password) throws Exception {
        Certificate certificate = certificate();

        assertThat(token(settings(
                        Credential.CERTIFICATE,
                        fixture.url(),
                        "client-1",
                        folder.resolve(file),
                        password == null ? null : new Secret(password))))
                .isEqualTo("scoring-token-1");
        assertThat(fixture.tokens)
                .singleElement()
                .asString()
                .startsWith("/tenant-1/oauth2/v2.0/token ")
                .contains(SCOPE, "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .satisfies(form -> assertThat(isSigned(form, certificate)).isTrue());
    }

    @Test
    void takeTheTokenOfKubernetes() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "token-of-the-pod");

        assertThat(tokenOfAProcess(
                        Credential.WORKLOAD_IDENTITY,
                        "client-1",
                        Map.of("AZURE_FEDERATED_TOKEN_FILE", file.toString())))
                .isEqualTo("scoring-token-1");
        assertThat(fixture.tokens)
                .singleElement()
                .asString()
                .startsWith("/tenant-1/oauth2/v2.0/token ")
                .contains("client_assertion=token-of-the-pod", "client_id=client-1", SCOPE);
    }

    /** Source: "How to use managed identities for App Service", the REST endpoint of the machine. */
    @ParameterizedTest
    @CsvSource(
            value = {"none", "client-1"},
            nullValues = "none")
    void askTheMachineForItsIdentity(@Nullable String client) throws Exception {
        fixture.answers(
                200,
                "{'access_token': 'token-of-the-machine', 'expires_on': '%d', 'resource': 'https://ml.azure.com', 'token_type': 'Bearer'}"
                        .formatted(Instant.now().getEpochSecond() + 3600));

        assertThat(tokenOfAProcess(
                        Credential.MANAGED_IDENTITY,
                        client,
                        Map.of("IDENTITY_ENDPOINT", fixture.url() + "/identity", "IDENTITY_HEADER", "header")))
                .isEqualTo("token-of-the-machine");
        assertThat(fixture.asked)
                .singleElement()
                .extracting(AzuremlFixture.Asked::line)
                .asString()
                .startsWith("GET /identity?")
                .contains("resource=https")
                .satisfies(
                        line -> assertThat(line.contains("client_id=client-1")).isEqualTo(client != null));
        assertThat(fixture.tokens).isEmpty();
    }

    @Test
    void findByDefaultWhatTheEnvironmentHas() throws Exception {
        assertThat(tokenOfAProcess(
                        Credential.DEFAULT,
                        null,
                        Map.of(
                                "AZURE_TENANT_ID",
                                "tenant-1",
                                "AZURE_CLIENT_ID",
                                "client-2",
                                "AZURE_CLIENT_SECRET",
                                "of-the-environment")))
                .isEqualTo("scoring-token-1");
        assertThat(fixture.tokens)
                .singleElement()
                .asString()
                .contains("client_id=client-2", "client_secret=of-the-environment");
    }

    private static AzureIdentitySettings settings(
            Credential credential,
            String authority,
            @Nullable String client,
            @Nullable Path certificate,
            @Nullable Secret password) {
        return new AzureIdentitySettings(credential, "tenant-1", client, null, certificate, password, authority);
    }

    private static String token(AzureIdentitySettings settings) {
        return EntraCredentials.of(settings)
                .getTokenSync(new TokenRequestContext().addScopes(SCOPE))
                .getToken();
    }

    /** Some credentials are found by the environment of the process alone. */
    private String tokenOfAProcess(Credential credential, @Nullable String client, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PrintedToken.class.getName(),
                credential.name(),
                fixture.url(),
                Objects.requireNonNullElse(client, ""));
        Path said = folder.resolve("said");
        builder.redirectError(folder.resolve("log").toFile()).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_") || name.startsWith("IDENTITY_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> said("log")).isZero();
        List<String> lines = said("said").lines().toList();
        return lines.getLast();
    }

    private String said(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Prints a token of the identity that its arguments and its environment name. */
    static final class PrintedToken {
        private PrintedToken() {}

        /** Prints the token as the last line. */
        public static void main(String[] arguments) {
            String client = arguments[2].isEmpty() ? null : arguments[2];
            System.out.println(token(settings(Credential.valueOf(arguments[0]), arguments[1], client, null, null)));
        }
    }

    /** Makes the certificate of an application, as PEM and as PKCS #12. */
    private Certificate certificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("app.pfx");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "app",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=app",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(made.waitFor()).as(() -> said("log")).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate("app");
        Files.writeString(
                folder.resolve("app.pem"),
                pem("PRIVATE KEY", keys.getKey("app", PASSWORD.toCharArray()).getEncoded())
                        + pem("CERTIFICATE", certificate.getEncoded()));
        return certificate;
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
    }

    private static boolean isSigned(String form, Certificate certificate) {
        String assertion = Arrays.stream(form.split("&", -1))
                .filter(field -> field.startsWith("client_assertion="))
                .map(field -> field.substring(field.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        try {
            return SignedJWT.parse(assertion).verify(new RSASSAVerifier((RSAPublicKey) certificate.getPublicKey()));
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException(form, e);
        }
    }
}
