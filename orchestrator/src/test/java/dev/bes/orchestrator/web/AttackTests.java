package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.web.Caller.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker who may sign in tries: fields that he may not set, headers, paths and addresses of his own. */
@Tag("slow")
class AttackTests {
    private static final String PASSWORD = "four plain words here";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String admin;
    private static long run;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        admin = key("root", "admin");
        run = node.caller()
                .post("/api/v1/runs", "{\"definition\":\"greetings\"}", "Authorization", admin)
                .json()
                .get("id")
                .asLong();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String key(String user, String grant) {
        Accounts accounts = node.part(Accounts.class);
        Accounts.OneTimePassword made = accounts.add(user, List.of(grant), "test");
        accounts.changePassword(made.account().id(), made.password(), PASSWORD);
        return "Bearer "
                + node.part(ApiKeys.class)
                        .create(accounts.named(user).access(), "nightly", List.of(grant), null)
                        .text();
    }

    private static Answer send(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .header("Authorization", admin)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build();
        try {
            return new Answer(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Mass assignment: every body that names fields, with one more that is a column of its table. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST|/api/v1/runs|'definition':'greetings'|'actor':'user:else'",
                "POST|/api/v1/runs/RUN/rerun|'failedOnly':false|'rerunOf':1",
                "POST|/api/v1/users|'name':'mallory','grants':[]|'passwordHash':'x'",
                "POST|/api/v1/users|'name':'mallory','grants':[]|'disabled':false",
                "PUT|/api/v1/users/root/grants|'grants':['viewer']|'sessionEpoch':7",
                "POST|/api/v1/keys|'name':'mass','grants':['viewer']|'owner':'alice'",
                "POST|/api/v1/keys|'name':'mass','grants':['viewer']|'revokedAt':null",
                "POST|/api/v1/schedules/greetings/nightly/pause|'reason':'x'|'actor':'user:else'",
                "POST|/api/v1/schedules/pause|'reason':'x'|'since':'2020-01-01T00:00:00Z'"
            })
    void setsNoFieldThatABodyDoesNotHave(String method, String path, String fields, String more) {
        String json = ("{" + fields + "," + more + "}").replace('\'', '"');

        Answer answer = send(method, path.replace("RUN", String.valueOf(run)), json);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("type").asString()).endsWith("#malformed-json");
        assertThat(node.part(Accounts.class).all())
                .noneMatch(user -> user.name().equals("mallory"));
        assertThat(node.part(Accounts.class).named("root").grants()).hasToString("[admin]");
        assertThat(node.caller().get("/api/v1/keys", "Authorization", admin).body())
                .doesNotContain("\"mass\"");
        assertThat(node.caller()
                        .get("/api/v1/schedules", "Authorization", admin)
                        .body())
                .doesNotContain("user:else");
    }

    /** Response splitting: a line break in whatever comes back in a header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /?state=%0d%0aX-Injected:%201",
                "GET /sign-in?to=%2F%0d%0aX-Injected:%201",
                "GET /runs/1%0d%0aX-Injected:%201",
                "GET /api/v1/runs?definition=a%0d%0aX-Injected:%201",
                "GET /api/v1/runs/RUN/scorings/1/outputs/output1%0d%0aX-Injected:%201",
                "GET /api/v1/audit?actor=a%0d%0aX-Injected:%201&limit=1",
                "GET /api/v1/definitions/a%0d%0aX-Injected:%201"
            })
    void breaksNoHeaderByALineBreakInAnAddress(String line) {
        RawCaller.Answer answer = new RawCaller(URI.create(node.url()))
                .send(line.replace("RUN", String.valueOf(run)), List.of("Authorization: " + admin), new byte[0]);

        assertThat(answer.head().lines())
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("x-injected"));
        assertThat(answer.status()).isLessThan(500);
    }

    @Test
    void breaksNoHeaderByALineBreakInAParameterOrTheNameOfAFile() {
        Form form = Form.of("letters")
                .with("parameters.column", "text\r\nX-Injected: 1")
                .file("input1", "a%0d%0aX-Injected: 1;filename=b.exe", WebNode.csv("a"));
        Answer made = node.caller().post("/api/v1/runs", form, "Authorization", admin);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.response().headers().map()).doesNotContainKey("x-injected");
        Answer page = node.caller().get("/runs/" + made.json().get("id").asLong(), "Authorization", admin);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().headers().map()).doesNotContainKey("x-injected");
    }

    /** Path traversal by every name that an address holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/runs/RUN/scorings/1/outputs/..%2f..%2f..%2fetc%2fpasswd",
                "/api/v1/runs/RUN/scorings/1/outputs/..%252f..%252fetc%252fpasswd",
                "/api/v1/runs/RUN/scorings/1/outputs/%2fetc%2fpasswd",
                "/api/v1/runs/RUN/scorings/1/outputs/..\\..\\etc\\passwd",
                "/api/v1/runs/RUN/scorings/1/outputs/../../../../../etc/passwd",
                "/api/v1/definitions/..%2f..%2fetc%2fpasswd",
                "/api/v1/definitions/..",
                "/api/v1/schedules/..%2f/..%2fpasswd",
                "/docs/..%2fapplication.yml",
                "/docs/../application.yml",
                "/docs/%2e%2e/application.yml",
                "/webjars/..%2f..%2fapplication.yml",
                "/webjars/%2e%2e/%2e%2e/application.yml",
                "/static/../application.yml",
                "/application.yml"
            })
    void readsNoFileOutsideByANameInAnAddress(String path) {
        RawCaller.Answer answer = new RawCaller(URI.create(node.url()))
                .send(
                        "GET " + path.replace("RUN", String.valueOf(run)),
                        List.of("Authorization: " + admin),
                        new byte[0]);

        assertThat(answer.status()).isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain("root:", "spring:", "orchestrator:");
    }

    @Test
    void refusesTheKeyOfADisabledUserAtOnce() {
        String key = key("leaver", "operator");
        assertThat(node.caller().get("/api/v1/runs", "Authorization", key).status())
                .isEqualTo(200);

        node.part(Accounts.class).disable("leaver", "test");

        assertThat(node.caller().get("/api/v1/runs", "Authorization", key).status())
                .isEqualTo(401);
    }

    /** Server-side request forgery: an address in whatever a caller can send. */
    @Test
    void callsNoAddressThatACallerNames() throws IOException {
        try (ServerSocket own = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String host = "127.0.0.1:" + own.getLocalPort();
            String url = "http://" + host + "/latest/meta-data";
            node.caller()
                    .post(
                            "/api/v1/runs",
                            Form.of("letters").with("parameters.column", url).file("input1", url, WebNode.csv("a")),
                            "Authorization",
                            admin);
            node.caller().post("/api/v1/definitions/validate", definition(url), "Authorization", admin);
            for (String header : List.of("Referer", "HX-Current-URL", "X-Forwarded-Host", "Forwarded", "Link")) {
                node.caller()
                        .get("/", "Authorization", admin, header, header.equals("Forwarded") ? "host=" + host : url);
            }
            node.caller().get("/sign-in?to=" + URLEncoder.encode(url, UTF_8));

            own.setSoTimeout(1_000);
            assertThat(accepted(own)).isFalse();
        }
    }

    private static boolean accepted(ServerSocket socket) throws IOException {
        try {
            socket.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String definition(String url) {
        return """
                name: pulling
                description: x
                endpoint: %s
                inputs: { input1: { from: "%s" } }
                outputs: { output1: { rows: same } }
                delivery: { folder: "%s" }
                """.formatted(url, url, url);
    }
}
