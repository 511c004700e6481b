package dev.bes.orchestrator.remote.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bes.orchestrator.remote.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import reactor.core.publisher.Mono;

/** References to a Key Vault, by Azure's own library against a server that speaks the REST protocol of one. */
class KeyVaultTests {
    private static final String ADDRESS = "https://main.vault.azure.net";
    private static final String TOKEN = "token-of-this-machine";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> scopes = new CopyOnWriteArrayList<>();
    private HttpServer vault;

    @BeforeEach
    void start() throws IOException {
        vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext("/", this::answer);
        vault.start();
    }

    @AfterEach
    void stop() {
        vault.stop(0);
    }

    /** Source: Key Vault REST API, "Authentication, requests and responses" and "Get Secret". */
    private void answer(HttpExchange exchange) throws IOException {
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String name = Path.of(exchange.getRequestURI().getPath()).getName(1).toString();
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer authorization=\"https://login.microsoftonline.com/tenant\","
                                    + " resource=\"https://vault.azure.net\"");
            send(exchange, 401, "{}");
            return;
        }
        switch (name) {
            case "database-password" -> send(exchange, 200, secret("canary-1"));
            case "empty" -> send(exchange, 200, secret(""));
            case "forbidden" -> send(exchange, 403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"canary\"}}");
            case "broken" -> send(exchange, 400, "{\"error\":{\"code\":\"Odd\",\"message\":\"canary\"}}");
            default -> send(exchange, 404, "{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"canary\"}}");
        }
    }

    private static String secret(String value) {
        return "{\"value\":\"" + value + "\",\"id\":\"" + ADDRESS
                + "/secrets/database-password/1\",\"attributes\":{\"enabled\":true}}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Sends what is meant for the vault to the server of this test. */
    private HttpClient line() {
        HttpClient jdk = new JdkHttpClientBuilder().build();
        int port = vault.getAddress().getPort();
        return new HttpClient() {
            @Override
            public Mono<HttpResponse> send(HttpRequest request) {
                return jdk.send(rerouted(request));
            }

            @Override
            public HttpResponse sendSync(HttpRequest request, Context context) {
                return jdk.sendSync(rerouted(request), context);
            }

            private HttpRequest rerouted(HttpRequest request) {
                assertThat(request.getUrl().toString()).startsWith(ADDRESS + "/");
                return request.copy()
                        .setUrl("http://127.0.0.1:" + port + request.getUrl().getFile());
            }
        };
    }

    private TokenCredential machine() {
        return request -> {
            scopes.addAll(request.getScopes());
            return Mono.just(
                    new AccessToken(TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        };
    }

    private StandardEnvironment environment(Map<String, Object> settings, TokenCredential identity) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        KeyVaultReferences.add(
                environment,
                () -> new SecretClientBuilder().credential(identity).httpClient(line()));
        return environment;
    }

    private String password(String address, String reference) {
        Map<String, Object> settings =
                Map.of("orchestrator.key-vault", address, "spring.datasource.password", reference);
        return environment(settings, machine()).getProperty("spring.datasource.password");
    }

    @Test
    void putsTheSecretInPlaceOfItsReferenceAndReadsItOnce() {
        StandardEnvironment environment = environment(
                Map.of("orchestrator.key-vault", ADDRESS, "password", "${keyvault.database-password}"), machine());

        assertThat(environment.getProperty("password")).isEqualTo("canary-1");
        assertThat(environment.getProperty("password")).isEqualTo("canary-1");

        // the library remembers for the whole process which vault wants which token
        assertThat(calls).hasSizeBetween(1, 2).allMatch(call -> call.startsWith("GET /secrets/database-password"));
        assertThat(scopes).containsExactly("https://vault.azure.net/.default");
    }

    @Test
    void asksNothingAndNobodyWithoutAReference() {
        StandardEnvironment environment = environment(Map.of("password", "plain"), request -> {
            throw new AssertionError("asked for a token");
        });

        assertThat(environment.getProperty("password")).isEqualTo("plain");
        assertThat(environment.getProperty("keyvault.some/path?x")).isNull();
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing | has no secret 'missing' (404): add it, or correct the reference",
                "forbidden | refuses the secret 'forbidden' (403): give the identity of this machine the role Key Vault Secrets User",
                "broken | did not give the secret 'broken' (400)",
                "empty | has an empty secret 'empty'",
            })
    void namesTheVaultTheSecretAndWhatToDo(String name, String told) {
        assertThatThrownBy(() -> password(ADDRESS, "${keyvault." + name + "}"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("orchestrator.key-vault (" + ADDRESS + ") ")
                .hasMessageContaining(told)
                .hasMessageContaining("${keyvault." + name + "}")
                .hasMessageNotContaining("canary");
    }

    @Test
    void saysThatTheMachineGetsNoToken() {
        assertThatThrownBy(() -> environment(
                                Map.of("orchestrator.key-vault", ADDRESS, "password", "${keyvault.database-password}"),
                                request -> Mono.error(new ClientAuthenticationException("no identity: canary", null)))
                        .getProperty("password"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("this machine gets none: give it a managed identity")
                .hasMessageNotContaining("canary");
    }

    @Test
    void saysThatTheVaultCannotBeReached() {
        vault.stop(0);
        assertThatThrownBy(() -> password(ADDRESS, "${keyvault.database-password}"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("cannot be asked for the secret 'database-password': check the address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://main.vault.azure.net",
                "http://127.0.0.1",
                "https://user@main.vault.azure.net",
                "https://main.vault.azure.net?x=1",
                "https://main.vault.azure.net#x",
                "main.vault.azure.net",
                "file:///etc/passwd",
                "https:// x"
            })
    void takesOnlyAnHttpsAddress(String address) {
        assertThatThrownBy(() -> password(address, "${keyvault.database-password}"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("orchestrator.key-vault must be the https address of a Key Vault");
        assertThat(calls).isEmpty();
    }

    @Test
    void saysThatTheAddressIsMissing() {
        assertThatThrownBy(() -> password("", "${keyvault.database-password}"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("orchestrator.key-vault is missing, and a setting refers to ${keyvault.");
    }
}
