package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls every operation of the document of the API with what nobody expects, at random from a seed that is printed. */
@Tag("slow")
@TestMethodOrder(OrderAnnotation.class)
class ApiFuzzTests {
    private static final int REQUESTS = 10_000;
    private static final int CALLERS = 8;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1",
            "2147483648",
            "9223372036854775808",
            "NaN",
            "null",
            "true",
            "a",
            "greetings",
            "failing",
            "nightly",
            "letters",
            "x".repeat(3_000),
            "../../etc/passwd",
            "%2e%2e%2f",
            "'; DROP TABLE run; --",
            "\" OR \"\"=\"",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "${request.column}",
            "#{7*7}",
            "\u0001",
            "\u0000",
            "\uFFFD",
            "ü",
            "🦅",
            "Failed",
            "Running",
            "a\r\nSet-Cookie: x=y",
            "[]",
            "{}",
            "1e9",
            "0x10",
            "٣",
            "id",
            "-id",
            "*");

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    @TempDir
    static Path folder;

    private static WebNode node;
    private static ObjectNode document;
    private static List<String> secrets;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger successes = new AtomicInteger();

    private record Operation(String method, String path, JsonNode spec) {}

    @BeforeAll
    static void start() throws IOException {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "orchestrator.security.mode",
                        "login",
                        "orchestrator.web.max-streams",
                        "2",
                        "orchestrator.trigger.max-unfinished",
                        "50"));
        document = ApiDocument.read(Path.of("../docs/openapi.yaml"));
        String first = key("fuzz-first", "operator");
        for (String definition : List.of("greetings", "failing")) {
            node.caller()
                    .post(
                            "/api/v1/runs",
                            "{\"definition\": \"" + definition + "\"}",
                            "Authorization",
                            "Bearer " + first);
        }
        secrets = List.of(
                TestEnvironment.sandbox()
                        .service("SimpleFeatureHashingExperiment")
                        .apiKey(),
                TestEnvironment.sandbox().subscription("unlimited").primaryKey());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, spec) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(method, path, spec));
                    }
                }));
        return operations;
    }

    /** A key with these grants. */
    private static String key(String name, String... grants) {
        long account = node.part(Accounts.class)
                .add(name, List.of(grants), "test")
                .account()
                .id();
        return node.part(ApiKeys.class)
                .create(new Access(name, account, Grant.of(List.of(grants))), "fuzz", List.of(grants), null)
                .text();
    }

    private void fuzz(@Nullable String key, int requests) throws Exception {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        System.out.println("fuzz.seed=" + seed);
        List<Operation> operations = operations();
        assertThat(operations).hasSizeGreaterThan(30);
        HttpClient client = HttpClient.newHttpClient();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed + caller);
                all.add(callers.submit(() -> {
                    for (int i = 0; i < requests / CALLERS && complaints.size() < 20; i++) {
                        call(client, operations.get(random.nextInt(operations.size())), random, key);
                    }
                }));
            }
            for (Future<?> caller : all) {
                caller.get();
            }
        } finally {
            // closing waits for streams that are open
            client.shutdownNow();
        }
        assertThat(complaints).as("fuzz.seed=" + seed).isEmpty();
    }

    @Test
    @Order(4)
    void answersAnAdministratorAsTheDocumentSays() throws Exception {
        fuzz(key("fuzz-admin", "admin"), REQUESTS - 4_000);

        assertThat(successes.get())
                .as("calls that succeed: not everything is refused at the door")
                .isGreaterThan(500);
    }

    @Test
    @Order(1)
    void writesNothingForAViewerWhateverHeSends() throws Exception {
        String key = key("fuzz-viewer", "viewer");
        List<Long> before = rows("");

        fuzz(key, 1_500);

        assertThat(rows("")).isEqualTo(before);
        assertThat(successes.get()).isGreaterThan(100);
    }

    @Test
    @Order(2)
    void writesOnlyToHisOwnDefinitionForAnOperatorOfATeam() throws Exception {
        String key = key("fuzz-team", "operator:letters");
        List<Long> before = rows(" WHERE definition <> 'letters'");

        fuzz(key, 1_500);

        assertThat(rows(" WHERE definition <> 'letters'")).isEqualTo(before);
        assertThat(successes.get()).isGreaterThan(75);
    }

    @Test
    @Order(5)
    void writesNoRowForARefusedRequestOfWhoMayDoEverything() throws Exception {
        String key = key("fuzz-careless", "admin");
        List<Long> before = rows("");
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            Answer answer = node.caller()
                    .post(
                            List.of("/api/v1/runs", "/api/v1/users").get(i % 2),
                            "{\"definition\": \"greetings\", \"no-such\": " + json(random, 2) + "}",
                            "Authorization",
                            "Bearer " + key,
                            "Idempotency-Key",
                            "refused-" + i);
            assertThat(answer.status()).isBetween(400, 499);
        }
        assertThat(rows("")).isEqualTo(before);
    }

    @Test
    @Order(3)
    void writesNothingForNobody() throws Exception {
        List<Long> before = rows("");

        fuzz(null, 1_000);

        assertThat(rows("")).isEqualTo(before);
        assertThat(successes.get()).isZero();
    }

    /** Runs, their histories' accounts of cancellation, pauses and users: what no refused request may change. */
    private static List<Long> rows(String which) {
        JdbcClient jdbc = node.part(JdbcClient.class);
        return Stream.of(
                        "SELECT count(*) FROM run" + which,
                        "SELECT count(cancel_requested_at) FROM run" + which,
                        "SELECT count(*) FROM schedule_pause" + which,
                        "SELECT count(*) FROM account",
                        "SELECT coalesce(sum(session_epoch), 0) FROM account",
                        "SELECT count(*) FROM account WHERE disabled")
                .map(query -> jdbc.sql(query).query(Long.class).single())
                .toList();
    }

    private void call(HttpClient client, Operation operation, Random random, @Nullable String key) {
        StringBuilder query = new StringBuilder();
        String path = operation.path();
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(30));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        for (JsonNode parameter : operation.spec().path("parameters")) {
            String name = parameter.path("name").asString();
            String value = value(parameter, random);
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? "1" : value));
                case "query" -> {
                    if (random.nextBoolean()) {
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(name)
                                .append('=')
                                .append(encoded(value));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0 && !name.equals("Prefer")) {
                        request.header(name, value.replaceAll("[^ -~]", "?"));
                    }
                }
            }
        }
        String body = body(operation, request, random);
        request.uri(URI.create(node.url() + path + query))
                .method(
                        operation.method().toUpperCase(Locale.ROOT),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        String shown = operation.method() + " " + path + query + " " + body;
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            judge(shown, operation, answer, text(answer));
        } catch (IOException e) {
            complaints.add(shown + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The body. A stream answers for minutes; its beginning is enough. */
    private static String text(HttpResponse<InputStream> answer) throws IOException {
        boolean isStream =
                answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        try (InputStream body = answer.body()) {
            return new String(isStream ? body.readNBytes(10) : body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String value(JsonNode parameter, Random random) {
        boolean number = parameter.at("/schema/type").asString("").equals("integer");
        return random.nextInt(3) > 0 && number
                ? Integer.toString(1 + random.nextInt(4))
                : random.nextInt(3) == 0
                        ? TEXTS.get(random.nextInt(TEXTS.size()))
                        : List.of("greetings", "failing", "nightly", "output1", "letters")
                                .get(random.nextInt(5));
    }

    private static @Nullable String body(Operation operation, HttpRequest.Builder request, Random random) {
        JsonNode content = operation.spec().path("requestBody").path("content");
        if (!operation.method().equals("get")) {
            List<String> types = new ArrayList<>(content.propertyNames());
            types.add("application/json");
            String type = random.nextInt(20) == 0 ? "text/html" : types.get(random.nextInt(types.size()));
            request.header("Content-Type", type.startsWith("multipart") ? type + "; boundary=b" : type);
            return switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> TEXTS.get(random.nextInt(TEXTS.size()));
                case 2 -> "{}";
                case 3 -> json(random, 3);
                default -> fitting(operation, random);
            };
        }
        return null;
    }

    /** A body that may succeed. */
    private static String fitting(Operation operation, Random random) {
        if (operation.path().endsWith("/pause")) {
            return "{\"reason\": \"fuzz " + random.nextInt(9) + "\"}";
        }
        if (operation.path().equals("/api/v1/users") || operation.path().equals("/api/v1/keys")) {
            return "{\"name\": \"fuzz-" + random.nextInt(50) + "\", \"grants\": [\"viewer\"]}";
        }
        if (operation.path().equals("/api/v1/runs")) {
            return "{\"definition\": \""
                    + List.of("greetings", "letters", "nothing").get(random.nextInt(3)) + "\", \"parameters\": "
                    + (random.nextInt(3) == 0 ? json(random, 1) : "{}") + "}";
        }
        return operation.path().endsWith("/rerun")
                ? "{\"only\": \"failed\"}"
                : "name: a\nendpoint: [" + random.nextInt(9) + "]\n";
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> "null";
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> "true";
            case 3 -> JSON.writeValueAsString(TEXTS.get(random.nextInt(TEXTS.size())));
            case 4 -> "[" + json(random, depth - 1) + "]";
            default ->
                "{\""
                        + List.of("definition", "parameters", "reason", "only", "name")
                                .get(random.nextInt(5)) + "\": " + json(random, depth - 1) + "}";
        };
    }

    private void judge(String call, Operation operation, HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        if (status < 300) {
            successes.incrementAndGet();
        }
        if (status >= 500 && status != 503) {
            complaints.add(call + " → " + status + " " + body);
        }
        if (status == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
            complaints.add(call + " → 503 without Retry-After");
        }
        if (body.contains("\tat ")
                || body.contains("Exception")
                || secrets.stream().anyMatch(body::contains)) {
            complaints.add(call + " shows internals: " + body);
        }
        JsonNode responses = operation.spec().path("responses");
        JsonNode response = responses.has(Integer.toString(status))
                ? responses.path(Integer.toString(status))
                : responses.path(status / 100 + "XX");
        if (response.isMissingNode()) {
            complaints.add(call + " → " + status + ", which is not documented");
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (response.has("$ref")) {
            if (!type.startsWith("application/problem+json")) {
                complaints.add(call + " → " + status + " of type " + type);
            } else {
                check(call, "Problem", body);
            }
            return;
        }
        String reference = response.path("content")
                .path("application/json")
                .at("/schema/$ref")
                .asString("");
        if (type.startsWith("application/json") && !reference.isEmpty()) {
            check(call, reference.substring(reference.lastIndexOf('/') + 1), body);
        }
    }

    private void check(String call, String schema, String body) {
        try {
            // who chooses fields gets no others
            boolean chosen = call.contains("fields=");
            List<com.networknt.schema.Error> errors =
                    SCHEMAS.computeIfAbsent(schema, ApiFuzzTests::schema).validate(JSON.readTree(body)).stream()
                            .filter(error -> !chosen || !"required".equals(error.getKeyword()))
                            .toList();
            if (!errors.isEmpty()) {
                complaints.add(call + " is no " + schema + ": " + errors + " " + body);
            }
        } catch (JacksonException e) {
            complaints.add(call + " is no JSON: " + body);
        }
    }

    private static Schema schema(String name) {
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
        root.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012()).getSchema(root);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
