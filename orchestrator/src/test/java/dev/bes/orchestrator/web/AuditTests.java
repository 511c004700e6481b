package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
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
                .list(new AuditFilter(DefinitionScope.ALL, null, null, null, null, false, null, null, null), 10_000);
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
            assertThat(row.actor()).contains("alice", "nightly");
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

    @Test
    void recordsSignInsAllowedAndRefusedWithoutWhatWasTypedInTheWrongField() {
        BrowserSession browser = new BrowserSession(node.url());
        browser.signIn("alice", "wrong " + CANARY);
        browser.signIn(CANARY, "whatever it was");
        browser.signIn("alice", PASSWORD);

        assertThat(rows("user alice"))
                .filteredOn(row -> row.action().equals("sign-in"))
                .extracting(AuditRow::outcome)
                .contains("allowed", "refused");
        assertThat(rows()).noneMatch(row -> row.toString().contains(CANARY));
    }

    @Test
    void recordsRefusedChangesAndNothingElse() {
        long run = requestRun("greetings");
        String viewer = key("vera", "viewer");
        int before = rows().size();

        assertThat(post("/api/v1/runs/" + run + "/cancel", "{}", viewer).status())
                .isEqualTo(403);
        assertThat(node.caller().post("/api/v1/runs", "{}").status()).isEqualTo(401);
        get("/api/v1/runs/987654321", viewer);

        List<AuditRow> added = rows().subList(0, rows().size() - before);
        assertThat(added)
                .filteredOn(row -> row.outcome().equals("refused"))
                .extracting(AuditRow::object, AuditRow::after)
                .contains(
                        tuple("address /api/v1/runs/" + run + "/cancel", "status 403"),
                        tuple("address /api/v1/runs", "status 401"))
                .noneMatch(seen -> seen.toString().contains("987654321"));
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
        AuditLog log = node.part(AuditLog.class);

        assertThat(log.purge(Duration.ofDays(400), 10)).isEqualTo(10);
        await().until(() -> log.purge(Duration.ofDays(400), 10) == 0);

        assertThat(rows("user old")).isEmpty();
        assertThat(rows("audit")).extracting(AuditRow::action).contains("audit.purged");
    }

    @Test
    void escapesHostileTextOnThePage() {
        node.caller().post("/api/v1/runs/1%3Cscript%3Ealert(1)%3C/cancel", "{}", "Authorization", operator);

        assertThat(get("/audit", admin).body()).doesNotContain("<script>alert");
    }
}
