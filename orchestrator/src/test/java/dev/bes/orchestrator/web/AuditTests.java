package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.AuditPurge;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.web.Caller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit: what is written, who reads it, and that nobody changes it. */
@Tag("slow")
class AuditTests {
    private static final String PASSWORD = "four plain words here";
    private static final String CANARY = "canary-in-a-password-field";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String admin;
    private static String teamAdmin;
    private static String operator;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of("orchestrator.security.mode", "login", "orchestrator.web.trusted-proxies", "127.0.0.1"));
        admin = key("root", "admin");
        teamAdmin = key("lead", "admin:greet*");
        operator = key("alice", "operator");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String key(String user, String grant) {
        Accounts accounts = node.part(Accounts.class);
        Accounts.OneTimePassword made = accounts.add(user, List.of(grant), "test");
        accounts.changePassword(made.account().id(), made.password(), PASSWORD);
        Access access = accounts.named(user).access();
        return "Bearer "
                + node.part(ApiKeys.class)
                        .create(access, "nightly", List.of(grant), null)
                        .text();
    }

    private static List<AuditRow> rows() {
        return node.part(AuditReader.class)
                .list(new AuditFilter(DefinitionScope.ALL, null, null, null, null, null, null, null, null), 10_000);
    }

    private static List<AuditRow> rows(String object) {
        return rows().stream().filter(row -> row.object().equals(object)).toList();
    }

    private static Answer get(String path, String key) {
        return node.caller().get(path, "Authorization", key);
    }

    private static Answer post(String path, String json, String key) {
        return node.caller().post(path, json, "Authorization", key);
    }

    private static long requestRun(String definition) {
        return post("/api/v1/runs", "{\"definition\":\"" + definition + "\"}", operator)
                .json()
                .get("id")
                .asLong();
    }

    @Test
    void recordsARequestedRunAndItsCancellationWithWhoAndFromWhere() {
        long run = requestRun("hanging");
        post("/api/v1/runs/" + run + "/cancel", "{}", operator);

        List<AuditRow> rows = rows("run " + run);

        assertThat(rows).extracting(AuditRow::action).containsExactly("run.cancelled", "run.requested");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.actor()).isEqualTo("user:alice (key nightly)");
            assertThat(row.via()).isEqualTo("token");
            assertThat(row.address()).isEqualTo("127.0.0.1");
            assertThat(row.definition()).isEqualTo("hanging");
            assertThat(row.outcome()).isEqualTo("allowed");
        });
        assertThat(rows.getLast().request()).isEqualTo("POST /api/v1/runs");
    }

    @Test
    void recordsARepeatedRequestOnce() {
        String body = "{\"definition\":\"greetings\"}";
        Answer first =
                node.caller().post("/api/v1/runs", body, "Authorization", operator, "Idempotency-Key", "audited-once");
        node.caller().post("/api/v1/runs", body, "Authorization", operator, "Idempotency-Key", "audited-once");

        assertThat(rows("run " + first.json().get("id").asLong())).hasSize(1);
    }

    @Test
    void recordsChangesOfUsersWithBeforeAndAfter() {
        post("/api/v1/users", "{\"name\":\"bob\",\"grants\":[\"viewer\"]}", admin);
        node.part(Accounts.class).changeGrants("bob", List.of("operator"), "root");

        AuditRow changed = rows("user bob").getFirst();

        assertThat(changed.action()).isEqualTo("user.grants-changed");
        assertThat(changed.before()).contains("viewer");
        assertThat(changed.after()).contains("operator");
        assertThat(changed.actor()).contains("root");
    }

    /** The history says of the first entry that it was a request, and of each later one who decided. */
    @Test
    void namesTheSamePersonAsTheHistoryDoes() {
        long run = requestRun("hanging");
        post("/api/v1/runs/" + run + "/cancel", "{}", operator);

        List<String> history = get("/api/v1/runs/" + run, operator)
                .json()
                .get("history")
                .valueStream()
                .map(entry -> entry.get("actor").asString())
                .toList();

        assertThat(history).contains("request:alice (key nightly)", "user:alice (key nightly)");
        assertThat(rows("run " + run)).extracting(AuditRow::actor).containsOnly("user:alice (key nightly)");
    }

    @Test
    void recordsARepeatedCancellationAndRevocationOnce() {
        long run = requestRun("hanging");
        post("/api/v1/runs/" + run + "/cancel", "{}", operator);
        post("/api/v1/runs/" + run + "/cancel", "{}", operator);
        Answer made = post("/api/v1/keys", "{\"name\":\"twice\",\"grants\":[\"viewer\"]}", operator);
        String id = made.json().get("key").get("id").asString();
        assertThat(post("/api/v1/keys/" + id + "/revoke", "{}", operator).status())
                .isEqualTo(200);
        assertThat(post("/api/v1/keys/" + id + "/revoke", "{}", operator).status())
                .isEqualTo(200);

        assertThat(rows("run " + run)).extracting(AuditRow::action).containsOnlyOnce("run.cancelled");
        assertThat(rows("key " + id + " of alice (twice)"))
                .extracting(AuditRow::action)
                .containsExactly("key.revoked", "key.created");
    }

    @Test
    void recordsNoChangeOfAUserThatChangesNothing() {
        Accounts accounts = node.part(Accounts.class);
        accounts.add("same", List.of("viewer"), "root");
        accounts.changeGrants("same", List.of("viewer"), "root");
        accounts.enable("same", "root");
        accounts.disable("same", "root");
        accounts.disable("same", "root");

        assertThat(rows("user same")).extracting(AuditRow::action).containsExactly("user.disabled", "user.added");
    }

    @Test
    void recordsSignInsAllowedAndRefusedOnceWithoutWhatWasTypedInTheWrongField() {
        BrowserSession browser = new BrowserSession(node.url());
        int before = rows().size();
        browser.signIn("alice", "wrong " + CANARY);
        browser.signIn(CANARY, "whatever it was");
        browser.signIn("alice", PASSWORD);

        assertThat(rows().subList(0, rows().size() - before))
                .extracting(AuditRow::action, AuditRow::object, AuditRow::outcome, AuditRow::actor, AuditRow::via)
                .containsExactly(
                        tuple("sign-in", "user alice", "allowed", "user:alice", "password"),
                        tuple("sign-in", "unknown user", "refused", "nobody", "password"),
                        tuple("sign-in", "user alice", "refused", "nobody", "password"));
        assertThat(rows()).noneMatch(row -> row.toString().contains(CANARY));
    }

    @Test
    void recordsRefusedChangesWithTheirProblemAndDefinitionAndNothingElse() {
        long run = requestRun("greetings");
        String viewer = key("vera", "viewer");
        String other = key("olaf", "operator:letters");
        int before = rows().size();

        assertThat(post("/api/v1/runs/" + run + "/cancel", "{}", viewer).status())
                .isEqualTo(403);
        assertThat(node.caller().post("/api/v1/runs", "{}").status()).isEqualTo(401);
        assertThat(post("/api/v1/runs", "{\"definition\":\"greetings\"}", other).status())
                .isEqualTo(404);
        assertThat(post("/api/v1/schedules/greetings/nightly/pause", "{\"reason\":\"x\"}", viewer)
                        .status())
                .isEqualTo(403);
        get("/api/v1/runs/987654321", viewer);

        assertThat(rows().subList(0, rows().size() - before))
                .filteredOn(row -> row.outcome().equals("refused"))
                .extracting(AuditRow::actor, AuditRow::object, AuditRow::definition, AuditRow::after)
                .containsExactly(
                        tuple("user:vera (key nightly)", "definition greetings", "greetings", "forbidden"),
                        tuple("user:olaf (key nightly)", "definition greetings", "greetings", "unknown-definition"),
                        tuple("nobody", "address /api/v1/runs", null, "unauthorized"),
                        tuple("user:vera (key nightly)", "run " + run, "greetings", "forbidden"));
    }

    /** A form that is shown again with what is wrong with it was refused, as the same call of the API would be. */
    @Test
    void recordsARefusedFormWithTheProblemThatTheApiGives() {
        BrowserSession browser = new BrowserSession(node.url());
        browser.signIn("root", PASSWORD);
        int before = rows().size();

        Answer noName = browser.post("/users", Map.of("name", "No name", "grants", ""));
        Answer taken = browser.post("/users", Map.of("name", "alice", "grants", ""));
        Answer key = browser.post("/keys", Map.of("name", "x", "grants", "none", "days", "1"));
        Answer range = browser.post(
                "/definitions/greetings/backfills", Map.of("from", "soon", "to", "later", "action", "plan"));
        Answer run = node.caller()
                .post(
                        "/definitions/letters/runs",
                        new Form("").with("key", "k-1").file("input1", "a.csv", WebNode.csv("a")),
                        "Authorization",
                        operator);

        assertThat(List.of(noName, taken, key, range, run))
                .allSatisfy(answer -> assertThat(answer.body()).contains("form-error"))
                .extracting(Answer::status)
                .containsExactly(422, 409, 422, 400, 422);
        assertThat(rows().subList(0, rows().size() - before))
                .extracting(AuditRow::request, AuditRow::after)
                .containsExactly(
                        tuple("POST /definitions/letters/runs", "missing-parameter"),
                        tuple("POST /definitions/greetings/backfills", "bad-request"),
                        tuple("POST /keys", "invalid-account"),
                        tuple("POST /users", "name-taken"),
                        tuple("POST /users", "invalid-account"));
    }

    @Test
    void namesWhatARefusedRequestIsAboutAsTheRowOfAChangeDoes() {
        String viewer = key("viktor@example.com", "viewer");
        Answer made = post("/api/v1/keys", "{\"name\":\"mine\",\"grants\":[\"viewer\"]}", viewer);
        String id = made.json().get("key").get("id").asString();
        int before = rows().size();

        post("/api/v1/users/viktor%40example.com/disable", "{}", viewer);
        post("/api/v1/users/who-is-that/disable", "{}", viewer);
        post("/api/v1/keys/" + id + "/revoke", "{}", operator);

        assertThat(rows().subList(0, rows().size() - before))
                .extracting(AuditRow::object, AuditRow::after)
                .containsExactly(
                        tuple("key " + id + " of viktor@example.com (mine)", "unknown-key"),
                        tuple("address /api/v1/users/who-is-that/disable", "forbidden"),
                        tuple("user viktor@example.com", "forbidden"));
    }

    @Test
    void recordsWhatTheFiltersRefuseBeforeAnybodyIsKnown() {
        int before = rows().size();
        assertThat(node.caller()
                        .post("/api/v1/users", "{}", "Sec-Fetch-Site", "cross-site", "X-Forwarded-For", "192.0.2.1")
                        .status())
                .isEqualTo(403);
        assertThat(node.caller()
                        .get("/", "X-Forwarded-Host", "evil.example", "X-Forwarded-For", "192.0.2.2")
                        .status())
                .isEqualTo(421);
        assertThat(node.caller()
                        .get("/definitions", "X-Forwarded-Proto", "gopher", "X-Forwarded-For", "192.0.2.5")
                        .status())
                .isEqualTo(400);
        BrowserSession alice = new BrowserSession(node.url());
        alice.signIn("alice", PASSWORD);
        assertThat(alice.postWithoutToken("/sign-out", Map.of(), "X-Forwarded-For", "192.0.2.3")
                        .status())
                .isEqualTo(403);

        assertThat(rows().subList(0, rows().size() - before))
                .filteredOn(row -> row.outcome().equals("refused"))
                .extracting(AuditRow::actor, AuditRow::via, AuditRow::address, AuditRow::request, AuditRow::after)
                .containsExactly(
                        tuple("user:alice", "session", "192.0.2.3", "POST /sign-out", "csrf-token"),
                        // the address of the proxy: who called it is not believed
                        tuple("nobody", "none", "127.0.0.1", "GET /definitions", "bad-forwarding"),
                        tuple("nobody", "none", "192.0.2.2", "GET /", "misdirected"),
                        tuple("nobody", "none", "192.0.2.1", "POST /api/v1/users", "cross-site"));
    }

    @Test
    void blamesNobodyForTheRefusalsThatItLeavesOut() {
        AuditLog log = node.part(AuditLog.class);
        log.tellLeftOut();
        for (int i = 0; i < 25; i++) {
            node.caller().post("/api/v1/users", "{}", "X-Forwarded-For", "192.0.2.4");
        }
        log.tellLeftOut();
        log.tellLeftOut();

        AuditRow row = rows().getFirst();
        assertThat(row.action()).isEqualTo("refusals.left-out");
        assertThat(row.actor()).startsWith("node:");
        assertThat(row.via()).isEqualTo("none");
        assertThat(row.address()).isNull();
        assertThat(row.request()).isNull();
        assertThat(row.after()).isEqualTo("5 more");
        assertThat(rows().get(1).action()).isEqualTo("request.refused");
    }

    @Test
    void recordsTheStartOfTheNodeAndTheDefinitionsThatItLoaded() {
        assertThat(rows())
                .filteredOn(row -> row.action().equals("node.started"))
                .singleElement()
                .satisfies(row -> assertThat("node:" + row.node()).isEqualTo(row.actor()));
        assertThat(rows("definition greetings"))
                .filteredOn(row -> row.action().equals("definition.added"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.definition()).isEqualTo("greetings");
                    assertThat(row.after()).matches("[0-9a-f]{64}");
                });
    }

    @Test
    void filtersByOutcomeAndLinksToRuns() {
        long run = requestRun("greetings");
        post("/api/v1/runs/" + run + "/cancel", "{}", key("wanda", "viewer"));

        assertThat(get("/api/v1/audit?outcome=allowed&object=run%20" + run, admin)
                        .body())
                .contains("run.requested")
                .doesNotContain("request.refused");
        assertThat(get("/api/v1/audit?outcome=refused&object=run%20" + run, admin)
                        .body())
                .contains("request.refused")
                .doesNotContain("run.requested");
        assertThat(get("/audit?object=run%20" + run, admin).body())
                .contains("<a href=\"/runs/" + run + "\">run " + run);
    }

    @Test
    void listsItsActionsInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "security.md"));
        String table = page.substring(page.indexOf("| action | "), page.indexOf("\n\n", page.indexOf("| action | ")));

        assertThat(Pattern.compile("^\\| `([a-z.-]+)` \\|", Pattern.MULTILINE)
                        .matcher(table)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactly(
                        Arrays.stream(Action.values()).map(Action::word).toArray(String[]::new));
    }

    @Test
    void showsAnAdministratorOfSomeDefinitionsWhatBelongsToThem() {
        long mine = requestRun("greetings");
        long other = requestRun("failing");

        String seen = get("/api/v1/audit?limit=200", teamAdmin).body();

        assertThat(seen).contains("\"run " + mine + "\"").doesNotContain("\"run " + other + "\"", "\"user ");
        assertThat(get("/api/v1/audit.jsonl", teamAdmin).body()).doesNotContain("\"run " + other + "\"");
        assertThat(get("/audit", teamAdmin).body()).contains("run " + mine).doesNotContain("run " + other + "<");
        assertThat(get("/api/v1/audit", operator).status()).isEqualTo(403);
    }

    @Test
    void pagesThroughEveryRowOnceAndExportsTheSame() {
        for (int i = 0; i < 5; i++) {
            requestRun("greetings");
        }
        String first = "/api/v1/audit?action=run.requested&definition=greetings&actor=user%3Anobody&limit=2";
        assertThat(get(first, admin).json().get("entries").isEmpty()).isTrue();

        int seen = 0;
        String next = "/api/v1/audit?action=run.requested&definition=greetings&limit=2";
        long last = Long.MAX_VALUE;
        while (next != null) {
            var page = get(next, admin).json();
            for (var entry : page.get("entries")) {
                assertThat(entry.get("id").asLong()).isLessThan(last);
                last = entry.get("id").asLong();
                seen++;
            }
            next = page.get("next") == null || page.get("next").isNull()
                    ? null
                    : page.get("next").asString();
        }

        String upwards = "/api/v1/audit?action=run.requested&definition=greetings&sort=at&limit=200";
        assertThat(get(upwards, admin).json().get("entries").get(0).get("id").asLong())
                .as("the oldest one first")
                .isEqualTo(last);
        assertThat(get(upwards, teamAdmin)
                        .json()
                        .get("entries")
                        .get(0)
                        .get("id")
                        .asLong())
                .isEqualTo(last);

        Answer export = get("/api/v1/audit.jsonl?action=run.requested&definition=greetings", admin);
        assertThat(export.header("Content-Type")).startsWith("application/jsonl");
        assertThat(export.body().lines()).hasSize(seen).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action=no-such",
                "outcome=maybe",
                "from=yesterday",
                "to=2026-13-01",
                "from=%2B999999999-01-01T00:00:00Z",
                "limit=0",
                "limit=201",
                "before=x",
                "sort=actor",
                "cursor=x",
                "actor=%00"
            })
    void refusesAFilterThatItDoesNotUnderstand(String filter) {
        assertThat(get("/api/v1/audit?" + filter, admin).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET actor = 'user:nobody'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "SET orchestrator.purges_audit = 'on'; DELETE FROM audit"
            })
    void isAppendOnlyInTheDatabaseItself(String statement) {
        requestRun("greetings");

        assertThatThrownBy(() -> node.part(JdbcClient.class).sql(statement).update())
                .hasMessageContaining("never changed");
    }

    @Test
    void purgesOldRowsInBatchesAndSaysSo() {
        JdbcClient jdbc = node.part(JdbcClient.class);
        jdbc.sql("""
                INSERT INTO audit (at, actor, via, action, object, outcome, node)
                SELECT now() - interval '500 days', 'user:old', 'none', 'sign-in', 'user old', 'allowed', 'n'
                FROM generate_series(1, 25)""").update();
        AuditPurge log = node.part(AuditPurge.class);

        assertThat(log.purge(Duration.ofDays(400), 10)).isEqualTo(10);
        await().until(() -> log.purge(Duration.ofDays(400), 10) == 0);

        assertThat(rows("user old")).isEmpty();
        assertThat(rows("audit")).extracting(AuditRow::action).contains("audit.purged");
    }

    @Test
    void goesOnAfterARowThatIsGone() {
        assertThat(get("/api/v1/audit?before=987654321", admin)
                        .json()
                        .get("entries")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void escapesHostileTextOnThePage() {
        node.caller().post("/api/v1/runs/1%3Cscript%3Ealert(1)%3C/cancel", "{}", "Authorization", operator);

        assertThat(get("/audit", admin).body()).doesNotContain("<script>alert");
    }
}
