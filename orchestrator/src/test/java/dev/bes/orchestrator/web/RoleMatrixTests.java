package dev.bes.orchestrator.web;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pools;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.backfill.BackfillRequest;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.web.security.Public;
import dev.bes.orchestrator.web.security.Requires;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every role, on everything, on the definition that is asked for and on another one, against every handler of the API and of the pages. A new handler
 * needs a row here.
 */
@Tag("slow")
class RoleMatrixTests {
    private static final String THIS = "greetings";
    private static final String OTHER = "letters";
    // a scoring waits for it for ever: nobody can remove it
    private static final String POOL = "wanted";

    /** Who may use a handler. */
    private enum Rule {
        ANYBODY,
        SIGNED_IN,
        VIEWER_OF_ANY,
        VIEWER_OF_THIS,
        VIEWER_OF_ALL,
        OPERATOR_OF_ANY,
        OPERATOR_OF_THIS,
        ADMIN_OF_ANY,
        ADMIN_OF_ALL
    }

    private static final Map<String, Rule> ROWS = Map.ofEntries(
            entry("GET /sign-in", Rule.ANYBODY),
            entry("GET /account", Rule.SIGNED_IN),
            entry("POST /account/password", Rule.SIGNED_IN),
            entry("POST /account/sign-out-everywhere", Rule.SIGNED_IN),
            entry("GET /keys", Rule.SIGNED_IN),
            entry("POST /keys", Rule.SIGNED_IN),
            entry("GET /users", Rule.ADMIN_OF_ALL),
            entry("POST /users", Rule.ADMIN_OF_ALL),
            entry("POST /users/{name}/grants", Rule.ADMIN_OF_ALL),
            entry("POST /users/{name}/reset-password", Rule.ADMIN_OF_ALL),
            entry("POST /users/{name}/disable", Rule.ADMIN_OF_ALL),
            entry("POST /users/{name}/enable", Rule.ADMIN_OF_ALL),
            entry("POST /users/{name}/sign-out", Rule.ADMIN_OF_ALL),
            entry("GET /", Rule.VIEWER_OF_ANY),
            entry("GET /attention", Rule.VIEWER_OF_ANY),
            entry("GET /definitions", Rule.VIEWER_OF_ANY),
            entry("GET /schedules", Rule.VIEWER_OF_ANY),
            entry("GET /schedules/simulation", Rule.VIEWER_OF_ANY),
            entry("GET /files", Rule.VIEWER_OF_ANY),
            entry("GET /explain", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/explain", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/files", Rule.VIEWER_OF_ANY),
            entry("POST /files/{id}/retry", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/files/{id}/retry", Rule.OPERATOR_OF_THIS),
            entry("GET /pools", Rule.VIEWER_OF_ANY),
            entry("POST /pools", Rule.ADMIN_OF_ALL),
            entry("POST /pools/{name}/remove", Rule.ADMIN_OF_ALL),
            entry("GET /api/v1/pools", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/pools/{name}", Rule.VIEWER_OF_ANY),
            entry("PUT /api/v1/pools/{name}", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/pools/{name}/remove", Rule.ADMIN_OF_ALL),
            entry("GET /callbacks", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/callbacks", Rule.VIEWER_OF_ANY),
            entry("POST /callbacks/{id}/retry", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/callbacks/{id}/retry", Rule.OPERATOR_OF_THIS),
            entry("GET /docs/problems", Rule.ANYBODY),
            entry("GET /docs/api", Rule.VIEWER_OF_ANY),
            entry("GET /docs/openapi.yaml", Rule.VIEWER_OF_ANY),
            entry("GET /runs/{id}", Rule.VIEWER_OF_THIS),
            entry("POST /definitions/{name}/runs", Rule.OPERATOR_OF_THIS),
            entry("POST /runs/{id}/cancel", Rule.OPERATOR_OF_THIS),
            entry("POST /runs/{id}/scorings/{position}/resume", Rule.OPERATOR_OF_THIS),
            entry("GET /audit", Rule.ADMIN_OF_ANY),
            entry("GET /api/v1/audit", Rule.ADMIN_OF_ANY),
            entry("GET /api/v1/audit.jsonl", Rule.ADMIN_OF_ANY),
            entry("GET /api/v1/me", Rule.SIGNED_IN),
            entry("GET /api/v1/keys", Rule.SIGNED_IN),
            entry("POST /api/v1/keys", Rule.SIGNED_IN),
            entry("GET /api/v1/users", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/users", Rule.ADMIN_OF_ALL),
            entry("GET /api/v1/users/{name}", Rule.ADMIN_OF_ALL),
            entry("PUT /api/v1/users/{name}/grants", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/users/{name}/reset-password", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/users/{name}/disable", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/users/{name}/enable", Rule.ADMIN_OF_ALL),
            entry("POST /api/v1/users/{name}/sign-out", Rule.ADMIN_OF_ALL),
            entry("GET /api/v1/attention", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/definitions", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/definitions/{name}", Rule.VIEWER_OF_THIS),
            entry("POST /api/v1/definitions/validate", Rule.VIEWER_OF_ANY),
            entry("POST /api/v1/definitions/{name}/diff", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/endpoints", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/nodes", Rule.VIEWER_OF_ALL),
            entry("GET /api/v1/fires", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/schedules", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/schedules/simulation", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/schedules/{definition}/{name}", Rule.VIEWER_OF_THIS),
            entry("POST /api/v1/schedules/{definition}/{name}/pause", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/schedules/{definition}/{name}/resume", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/schedules/pause", Rule.OPERATOR_OF_ANY),
            entry("POST /api/v1/schedules/resume", Rule.OPERATOR_OF_ANY),
            entry("GET /api/v1/backfills", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/backfills/{id}", Rule.VIEWER_OF_THIS),
            entry("POST /api/v1/backfills", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/backfills/plan", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/backfills/{id}/pause", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/backfills/{id}/resume", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/backfills/{id}/cancel", Rule.OPERATOR_OF_THIS),
            entry("GET /api/v1/definitions/{name}/partitions", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/definitions/{name}/shadow", Rule.VIEWER_OF_THIS),
            entry("GET /definitions/{name}/partitions", Rule.VIEWER_OF_THIS),
            entry("POST /definitions/{name}/backfills", Rule.OPERATOR_OF_THIS),
            entry("POST /backfills/{id}/pause", Rule.OPERATOR_OF_THIS),
            entry("POST /backfills/{id}/resume", Rule.OPERATOR_OF_THIS),
            entry("POST /backfills/{id}/cancel", Rule.OPERATOR_OF_THIS),
            entry("POST /definitions/{name}/schedules/{schedule}/pause", Rule.OPERATOR_OF_THIS),
            entry("POST /definitions/{name}/schedules/{schedule}/resume", Rule.OPERATOR_OF_THIS),
            entry("POST /runs/{id}/rerun", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/runs/{id}/rerun", Rule.OPERATOR_OF_THIS),
            entry("GET /api/v1/runs/events", Rule.VIEWER_OF_ANY),
            entry("GET /api/v1/runs/{id}/events", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/runs", Rule.VIEWER_OF_ANY),
            entry("POST /api/v1/runs", Rule.OPERATOR_OF_THIS),
            entry("GET /api/v1/runs/{id}", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/runs/{id}/scorings", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/runs/{id}/shadows", Rule.VIEWER_OF_THIS),
            entry("GET /api/v1/runs/{id}/scorings/{position}/outputs/{name}", Rule.VIEWER_OF_THIS),
            entry("POST /api/v1/runs/{id}/cancel", Rule.OPERATOR_OF_THIS),
            entry("POST /api/v1/runs/{id}/scorings/{position}/resume", Rule.OPERATOR_OF_THIS));

    /** What a form of a page does, by the call of the API that does the same. */
    private static final Map<String, String> CALLS_OF_FORMS = Map.ofEntries(
            entry("POST /keys", "POST /api/v1/keys"),
            entry("POST /keys/{id}/revoke", "POST /api/v1/keys/{id}/revoke"),
            entry("POST /users", "POST /api/v1/users"),
            entry("POST /users/{name}/grants", "PUT /api/v1/users/{name}/grants"),
            entry("POST /users/{name}/reset-password", "POST /api/v1/users/{name}/reset-password"),
            entry("POST /users/{name}/disable", "POST /api/v1/users/{name}/disable"),
            entry("POST /users/{name}/enable", "POST /api/v1/users/{name}/enable"),
            entry("POST /users/{name}/sign-out", "POST /api/v1/users/{name}/sign-out"),
            entry("POST /definitions/{name}/runs", "POST /api/v1/runs"),
            entry("POST /runs/{id}/cancel", "POST /api/v1/runs/{id}/cancel"),
            entry("POST /pools", "PUT /api/v1/pools/{name}"),
            entry("POST /pools/{name}/remove", "POST /api/v1/pools/{name}/remove"),
            entry("POST /definitions/{name}/backfills", "POST /api/v1/backfills"),
            entry("POST /backfills/{id}/pause", "POST /api/v1/backfills/{id}/pause"),
            entry("POST /backfills/{id}/resume", "POST /api/v1/backfills/{id}/resume"),
            entry("POST /backfills/{id}/cancel", "POST /api/v1/backfills/{id}/cancel"),
            entry("POST /files/{id}/retry", "POST /api/v1/files/{id}/retry"),
            entry("POST /callbacks/{id}/retry", "POST /api/v1/callbacks/{id}/retry"),
            entry("POST /runs/{id}/rerun", "POST /api/v1/runs/{id}/rerun"),
            entry("POST /runs/{id}/scorings/{position}/resume", "POST /api/v1/runs/{id}/scorings/{position}/resume"),
            entry(
                    "POST /definitions/{name}/schedules/{schedule}/pause",
                    "POST /api/v1/schedules/{definition}/{name}/pause"),
            entry(
                    "POST /definitions/{name}/schedules/{schedule}/resume",
                    "POST /api/v1/schedules/{definition}/{name}/resume"));

    /** Forms about the password and the sessions of a person, which no program has. */
    private static final Set<String> FORMS_OF_PEOPLE =
            Set.of("POST /account/password", "POST /account/sign-out-everywhere");

    /** Rows whose path ends in the id of a key, which each caller must own. */
    private static final Set<String> OF_OWN_KEYS = Set.of("POST /keys/{id}/revoke", "POST /api/v1/keys/{id}/revoke");

    private static final List<String> PAGES = List.of(
            "/",
            "/definitions",
            "/schedules",
            "/schedules/simulation",
            "/files",
            "/explain",
            "/pools",
            "/callbacks",
            "/attention",
            "/account",
            "/keys",
            "/users",
            "/audit");

    private static final String BACKFILL =
            "{\"definition\":\"" + THIS + "\",\"from\":\"2026-03-01\",\"to\":\"2026-03-02\"}";

    /** Bodies that are understood; without one an empty object or form is sent. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("POST /api/v1/runs", "{\"definition\":\"" + THIS + "\"}"),
            entry("POST /api/v1/backfills", BACKFILL),
            entry("POST /api/v1/backfills/plan", BACKFILL),
            entry("POST /definitions/{name}/backfills", "from=2026-03-01&to=2026-03-02&action=plan"),
            entry("POST /api/v1/users", "{\"name\":\"No name\",\"grants\":[]}"),
            entry("PUT /api/v1/users/{name}/grants", "{\"grants\":[\"viewer\"]}"),
            entry("POST /api/v1/keys", "{\"name\":\"x\",\"grants\":[\"none\"]}"),
            entry("POST /account/password", "current=a&chosen=b&again=c"),
            entry("PUT /api/v1/pools/{name}", "{\"slots\":1}"),
            entry("POST /pools", "name=wanted&slots=1"),
            entry("POST /keys", "name=x&grants=none&days=1"),
            entry("POST /runs/{id}/rerun", "key=KEY"),
            entry("POST /definitions/{name}/schedules/{schedule}/pause", "reason=x"),
            entry("POST /users", "name=No+name&grants="),
            entry("POST /users/{name}/grants", "grants=viewer"),
            entry(
                    "POST /definitions/{name}/runs",
                    "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nKEY\r\n--x--\r\n"));

    @TempDir
    static Path folder;

    private static final List<Somebody> EVERYBODY = new ArrayList<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static WebNode node;
    private static long run;
    private static long backfill;
    private static long file;
    private static long callback;
    private static int sent;

    /**
     * A caller.
     *
     * @param grant what he may do; null for nothing
     * @param key by what he signs in; null if he does not
     */
    private record Somebody(
            String name, @Nullable Grant grant, @Nullable String key) {
        boolean may(Role role, boolean here) {
            return grant != null
                    && grant.role().includes(role)
                    && (!here || grant.pattern().matches("\\*|" + THIS));
        }

        /** The status of the refusal that a rule has for him; null if he may. */
        @Nullable
        HttpStatus refusal(Rule rule) {
            if (rule == Rule.ANYBODY) {
                return null;
            }
            if (key == null) {
                return HttpStatus.UNAUTHORIZED;
            }
            return switch (rule) {
                case ANYBODY, SIGNED_IN -> null;
                case VIEWER_OF_ANY -> may(Role.VIEWER, false) ? null : HttpStatus.FORBIDDEN;
                case VIEWER_OF_THIS -> here(Role.VIEWER);
                case VIEWER_OF_ALL -> everywhere(Role.VIEWER);
                case OPERATOR_OF_ANY -> may(Role.OPERATOR, false) ? null : HttpStatus.FORBIDDEN;
                case OPERATOR_OF_THIS -> here(Role.OPERATOR);
                case ADMIN_OF_ANY -> may(Role.ADMIN, false) ? null : HttpStatus.FORBIDDEN;
                case ADMIN_OF_ALL -> everywhere(Role.ADMIN);
            };
        }

        private @Nullable HttpStatus everywhere(Role role) {
            return grant != null && grant.isEverywhere() && may(role, false) ? null : HttpStatus.FORBIDDEN;
        }

        private @Nullable HttpStatus here(Role role) {
            if (!may(role, false)) {
                return HttpStatus.FORBIDDEN;
            }
            return may(role, true) ? null : HttpStatus.NOT_FOUND;
        }
    }

    private record Seen(int status, String body) {}

    private record Handler(String row, RequestMappingInfo mapping, HandlerMethod method) {}

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        node.part(Accounts.class).add("somebody-else", List.of(), "test");
        EVERYBODY.add(new Somebody("nobody", null, null));
        EVERYBODY.add(somebody("without-grants", null));
        for (Role role : Role.values()) {
            for (String pattern : List.of("*", THIS, OTHER)) {
                String name = role.word() + "-of-" + (pattern.equals("*") ? "all" : pattern);
                EVERYBODY.add(somebody(name, new Grant(role, pattern)));
            }
        }
        run = node.part(RequestTrigger.class)
                .accept(new Request(THIS, null, Map.of(), Map.of(), Actor.ANONYMOUS))
                .id();
        Definition definition = node.part(Definitions.class).find(THIS).orElseThrow();
        Instant day = Instant.parse("2026-03-01T00:00:00Z");
        backfill = node.part(Backfills.class)
                .create(
                        new BackfillRequest(
                                definition,
                                definition.triggers().schedules().getFirst(),
                                day,
                                day.plusSeconds(1),
                                BackfillRequest.Scope.MISSING,
                                false,
                                1,
                                Map.of(),
                                Map.of()),
                        Actor.user("matrix"),
                        null)
                .id();
        file = node.part(JdbcClient.class)
                .sql("INSERT INTO dropped_file (id, definition, folder, name, bytes, location, run_id)"
                        + " VALUES (gen_random_uuid(), ?, '/nowhere', 'a.csv', 1, 'failed', ?) RETURNING number")
                .params(THIS, run)
                .query(Long.class)
                .single();
        node.part(Pools.class).put(POOL, new Limits("", 1, null), "user:matrix", before -> {});
        callback = node.part(JdbcClient.class)
                .sql("INSERT INTO callback (run_id, definition, address, state)"
                        + " VALUES (?, ?, 'https://hooks.example.com/', 'delivered') RETURNING id")
                .params(run, THIS)
                .query(Long.class)
                .single();
        RunReader reader = node.part(RunReader.class);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> reader.find(run).orElseThrow().state().word().equals(StateJson.FINISHED.word()));
        node.part(JdbcClient.class).sql("""
                        WITH accepted AS (
                            INSERT INTO run (definition, occurrence, trigger, definition_hash, scorings)
                            SELECT 'gone', 'request:gone', 'request', definition_hash, 1 FROM run WHERE id = ? RETURNING id)
                        INSERT INTO scoring (run_id, position, endpoint, inputs, parameters, delivery, pool)
                        SELECT id, 1, 'nowhere', '{}', '{}', '', ? FROM accepted""").params(run, POOL).update();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Somebody somebody(String name, @Nullable Grant grant) {
        Accounts accounts = node.part(Accounts.class);
        Grant given = grant == null ? Grant.everywhere(Role.VIEWER) : grant;
        long account =
                accounts.add(name, List.of(given.toString()), "test").account().id();
        String key = node.part(ApiKeys.class)
                .create(new Access(name, account, List.of(given)), "matrix", List.of(given.toString()), null)
                .text();
        if (grant == null) {
            accounts.changeGrants(name, List.of(), "test");
        }
        return new Somebody(name, grant, key);
    }

    private static List<Handler> handlers() {
        return node.part(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry ->
                        !ErrorController.class.isAssignableFrom(entry.getValue().getBeanType()))
                .map(entry -> new Handler(row(entry.getKey()), entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String row(RequestMappingInfo mapping) {
        String path = mapping.getPatternValues().iterator().next().replaceAll("\\{(\\w+):[^/]*}(?=/|$)", "{$1}");
        return mapping.getMethodsCondition().getMethods().iterator().next() + " " + path;
    }

    @Test
    void hasARuleAndARowForEveryHandler() {
        assertThat(handlers())
                .allSatisfy(handler -> assertThat(Stream.of(Public.class, RequiresSignIn.class, Requires.class)
                                .filter(handler.method::hasMethodAnnotation))
                        .as("rules of %s", handler.row)
                        .hasSize(1));
        Set<String> rows = handlers().stream().map(Handler::row).collect(Collectors.toSet());
        rows.removeAll(OF_OWN_KEYS);
        assertThat(rows).containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    }

    @Test
    void hasACallOfTheApiForEveryFormOfAPage() {
        Set<String> rows = handlers().stream().map(Handler::row).collect(Collectors.toSet());
        Set<String> forms = rows.stream()
                .filter(row -> !row.startsWith("GET ") && !row.contains(" /api/") && !FORMS_OF_PEOPLE.contains(row))
                .collect(Collectors.toSet());

        assertThat(forms).isEqualTo(CALLS_OF_FORMS.keySet());
        assertThat(rows).containsAll(CALLS_OF_FORMS.values());
    }

    @TestFactory
    Stream<DynamicTest> answersEachRoleByTheRule() {
        return handlers().stream()
                .filter(handler -> ROWS.containsKey(handler.row))
                .map(handler ->
                        DynamicTest.dynamicTest(handler.row + " " + handler.mapping.getConsumesCondition(), () -> {
                            for (Somebody somebody : EVERYBODY) {
                                int status = call(handler, somebody).status();
                                HttpStatus refusal = somebody.refusal(ROWS.get(handler.row));
                                if (refusal == null) {
                                    assertThat(status)
                                            .as(somebody.name)
                                            .isNotIn(401, 403, 404)
                                            .isLessThan(500);
                                } else {
                                    assertThat(status).as(somebody.name).isEqualTo(refusal.value());
                                }
                            }
                        }));
    }

    private static Seen call(Handler handler, Somebody somebody) {
        String[] parts = handler.row.split(" ", 2);
        long id = parts[1].contains("backfills")
                ? backfill
                : parts[1].contains("callbacks") ? callback : parts[1].contains("files") ? file : run;
        String path = parts[1].replace("{id}", String.valueOf(id))
                .replace("{position}", "1")
                .replace("{definition}/{name}", THIS + "/nightly")
                .replace("{schedule}", "nightly")
                .replace(
                        "{name}",
                        parts[1].contains("outputs")
                                ? "output1"
                                : parts[1].contains("users")
                                        ? "somebody-else"
                                        : parts[1].contains("pools") ? POOL : THIS);
        String type = handler.mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                .findFirst()
                .map(MediaType::toString)
                .orElse("");
        String usual = handler.row.endsWith("/pause") ? "{\"reason\":\"x\"}" : "{}";
        String body = BODIES.getOrDefault(handler.row, type.contains("json") ? usual : "")
                .replace("KEY", "key-" + sent++);
        if (handler.row.equals("POST /api/v1/runs") && type.startsWith("multipart")) {
            body = "--x\r\nContent-Disposition: form-data; name=\"definition\"\r\n\r\n" + THIS + "\r\n--x--\r\n";
        }
        return send(parts[0], path, type.startsWith("multipart") ? type + ";boundary=x" : type, body, somebody.key);
    }

    private static Seen send(String method, String path, String type, String body, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(node.url()).resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key)
                    .header("Accept", path.startsWith("/api/") ? "*/*" : "text/html");
        }
        try {
            // a stream of events has no end: of each answer only so much is read
            HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream content = answer.body()) {
                boolean endless =
                        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
                return new Seen(
                        answer.statusCode(), endless ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> showsEachRoleTheLinksAndButtonsThatHeMayUse() {
        return EVERYBODY.stream()
                .filter(somebody -> somebody.key != null)
                .map(somebody -> DynamicTest.dynamicTest(somebody.name, () -> {
                    for (String page : Stream.concat(PAGES.stream(), Stream.of("/runs/" + run))
                            .toList()) {
                        Seen answer = send("GET", page, "", "", somebody.key);
                        if (answer.status() == 200) {
                            checkLinks(page, answer.body(), somebody);
                            checkForms(page, answer.body(), somebody);
                        }
                    }
                }));
    }

    private static void checkLinks(String page, String html, Somebody somebody) {
        matches("<a[^>]* href=\"(/[^\"#]*)", html)
                .forEach(link -> assertThat(send("GET", link.replace("&amp;", "&"), "", "", somebody.key)
                                .status())
                        .as("%s on %s", link, page)
                        .isEqualTo(200));
    }

    private static void checkForms(String page, String html, Somebody somebody) {
        Set<String> forms = matches("<form[^>]* action=\"([^\"]+)\"", html)
                .filter(action -> !action.equals("/sign-out"))
                .collect(Collectors.toSet());
        forms.forEach(action -> assertThat(formRule(action))
                .as("rule of the form %s on %s", action, page)
                .satisfies(rule -> assertThat(somebody.refusal(rule)).isNull()));
        Map<String, Rule> expected = new LinkedHashMap<>();
        expected.put("/definitions", Rule.OPERATOR_OF_THIS);
        expected.put("/users", Rule.ADMIN_OF_ALL);
        Rule rule = expected.get(page);
        if (rule != null && somebody.refusal(rule) == null) {
            assertThat(forms).as(page).isNotEmpty();
        }
    }

    /** Forms of the other definition are checked by what the other handlers answer: here they count as one's own. */
    private static Rule formRule(String action) {
        if (action.startsWith("/definitions/") && !action.startsWith("/definitions/" + THIS + "/")) {
            return Rule.SIGNED_IN;
        }
        if (ROWS.containsKey("GET " + action)) {
            // a form that filters the page it is on
            return ROWS.getOrDefault("GET " + action, Rule.ADMIN_OF_ALL);
        }
        return ROWS.entrySet().stream()
                .filter(row -> row.getKey().startsWith("POST ")
                        && action.matches(row.getKey().substring(5).replaceAll("\\{\\w+}", "[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(action.matches("/keys/[^/]+/revoke") ? Rule.SIGNED_IN : Rule.ADMIN_OF_ALL);
    }

    private static Stream<String> matches(String pattern, String html) {
        return Pattern.compile(pattern).matcher(html).results().map((MatchResult result) -> result.group(1));
    }

    @Test
    void listsOnlyWhatIsInScopeAndAnswersGuessedIdsAsUnknown() {
        for (Somebody somebody :
                EVERYBODY.stream().filter(one -> one.key != null).toList()) {
            boolean sees = somebody.may(Role.VIEWER, true);
            boolean lists = somebody.may(Role.VIEWER, false);
            String runs = send("GET", "/api/v1/runs", "", "", somebody.key).body();
            String definitions =
                    send("GET", "/api/v1/definitions", "", "", somebody.key).body();
            assertThat(runs.contains("\"definition\":\"" + THIS + "\""))
                    .as(somebody.name)
                    .isEqualTo(sees);
            assertThat(definitions.contains("\"name\":\"" + THIS + "\""))
                    .as(somebody.name)
                    .isEqualTo(sees);
            if (lists && !sees) {
                String hidden =
                        send("GET", "/api/v1/runs/" + run, "", "", somebody.key).body();
                String missing = send("GET", "/api/v1/runs/99999999", "", "", somebody.key)
                        .body();
                assertThat(hidden.replaceAll("\\b" + run + "\\b", "N")).isEqualTo(missing.replace("99999999", "N"));
            }
        }
    }

    @Test
    void revokesKeysOfOthersForAdministratorsOnly() {
        Somebody operator = named("operator-of-all");
        String victim = String.valueOf(named("viewer-of-" + THIS).key).replaceAll("bes_(.*)_.*", "$1");
        assertThat(send("POST", "/api/v1/keys/" + victim + "/revoke", "application/json", "{}", operator.key)
                        .status())
                .isEqualTo(404);
        assertThat(send("POST", "/keys/" + victim + "/revoke", "application/x-www-form-urlencoded", "", operator.key)
                        .status())
                .isEqualTo(404);
        assertThat(send("GET", "/api/v1/keys", "", "", operator.key).body()).doesNotContain(victim);
        Somebody admin = named("admin-of-all");
        assertThat(send("GET", "/api/v1/keys", "", "", admin.key).body()).contains(victim);
    }

    private static Somebody named(String name) {
        return EVERYBODY.stream()
                .filter(somebody -> somebody.name.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
