package dev.bes.orchestrator.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Refusal;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Why something did, or did not, run: by REST and on the page, for those who may see it. */
@Tag("slow")
class ExplainApiTests {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>.csv";

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String all;
    private static String team;
    private static long run;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.security.mode", "login"));
        all = key("all", Grant.everywhere(Role.VIEWER));
        team = key("team", new Grant(Role.VIEWER, "letters"));
        run = node.part(RequestTrigger.class)
                .accept(new Request("hanging", "birds-1", Map.of(), Map.of(), Actor.ANONYMOUS))
                .id();
        JdbcClient jdbc = node.part(JdbcClient.class);
        jdbc.sql("INSERT INTO schedule_fire (definition, schedule, fire_time, outcome, reason) VALUES"
                        + " ('greetings', 'nightly', '2026-03-02 07:00Z', 'overlapped', 'run 4711 was unfinished'),"
                        + " ('greetings', 'nightly', '2026-03-03 07:00Z', 'closed', '<b>Feast</b> (holiday of DE)')")
                .update();
        jdbc.sql(
                        "INSERT INTO dropped_file (id, definition, folder, name, bytes, location, reason)"
                                + " VALUES (gen_random_uuid(), 'failing', '/drop', ?, 1, 'ignored', 'its name is excluded (''exclude'')')")
                .param(HOSTILE)
                .update();
    }

    private static String key(String name, Grant grant) {
        Accounts accounts = node.part(Accounts.class);
        long account =
                accounts.add(name, List.of(grant.toString()), "test").account().id();
        return node.part(ApiKeys.class)
                .create(new Access(name, account, List.of(grant)), "explain", List.of(grant.toString()), null)
                .text();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Answer get(String query, String key) {
        return node.caller().get("/api/v1/explain?" + query, "Authorization", "Bearer " + key);
    }

    private static String page(String query, String key) {
        return node.caller()
                .get("/explain?" + query, "Authorization", "Bearer " + key, "Accept", "text/html")
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void namesTheRecordedCauseWithLinks() {
        JsonNode answer = get("definition=greetings&schedule=nightly&at=2026-03-02T02:00", all)
                .json();

        assertThat(answer.path("subject").asString())
                .isEqualTo("schedule nightly of greetings at 2026-03-02 02:00 America/New_York");
        assertThat(answer.path("answer").asString())
                .isEqualTo(
                        "At 2026-03-02 02:00:00-05:00 no run started, for an earlier one was not over: run 4711 was unfinished.");
        JsonNode cause = answer.path("causes").get(0);
        assertThat(cause.path("code").asString()).isEqualTo("overlap");
        assertThat(cause.path("links").path("run").asString()).isEqualTo("/api/v1/runs/4711");
        assertThat(cause.path("links").path("fires").asString())
                .isEqualTo("/api/v1/fires?definition=greetings&schedule=nightly");
        assertThat(cause.path("until").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            definition=greetings | planned
            definition=greetings&schedule=nightly | planned
            definition=greetings&schedule=nightly&at=2026-03-03 | holiday
            definition=greetings&at=2026-03-08T02:00 | clock-change
            definition=letters | on-request
            definition=failing | no-file
            at=2026-03-02T07:00Z | overlap
            request=birds-1 | started
            request=nobody | request-unknown
            file=nowhere.csv | never-seen
            definition=failing&file=a.txt | never-seen
            """)
    void answersEveryKindOfQuestion(String query, String code) {
        Answer answer = get(query, all);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("causes").get(0).path("code").asString()).isEqualTo(code);
        assertThat(page(query, all)).contains("id=\"answer\"", "<code>" + code + "</code>");
    }

    @Test
    void explainsARun() {
        JsonNode answer = get("run=" + run, all).json();

        assertThat(answer.path("subject").asString()).isEqualTo("run %d of hanging".formatted(run));
        assertThat(answer.path("causes").get(0).path("links").path("run").asString())
                .isEqualTo("/api/v1/runs/" + run);
        assertThat(page("run=" + run, all)).contains("href=\"/runs/" + run + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x=1 | Ask about one thing
            run=1&file=a.csv | Ask about one thing
            run=1&definition=letters | Ask about one thing
            schedule=nightly | Ask about one thing
            file=a.csv&at=2026-03-02 | Ask about one thing
            run=abc | 'run' is not the number of a run
            run=9999999999999999999 | 'run' is not the number of a run
            at=yesterday | 'at' is no day such as 2026-03-29
            definition=greetings&at=2026-03-02T25:00 | 'at' is no day
            file=%00 | 'file' holds a NUL
            request=a%00b | 'request' holds a NUL
            """)
    void saysWhatIsWrongWithAQuestion(String query, String detail) {
        Answer answer = get(query, all);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asString()).contains(detail);
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThat(get("file=" + "a".repeat(1_001), all).status()).isEqualTo(400);
        assertThat(get("request=" + "a".repeat(201), all).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            definition=greetings | 404
            definition=greetings&schedule=nightly&at=2026-03-03 | 404
            definition=failing&file=a.csv | 404
            definition=letters&schedule=nightly | 404
            definition=unheard-of | 404
            run=RUN | 404
            definition=letters | 200
            """)
    void isNotFoundOutsideTheScopeOfTheCaller(String query, int status) {
        assertThat(get(query.replace("RUN", "" + run), team).status()).isEqualTo(status);
    }

    @Test
    void showsNothingOutsideTheScopeOfTheCaller() {
        assertThat(get("request=birds-1", team).body())
                .contains("request-unknown")
                .doesNotContain("hanging");
        assertThat(get("at=2026-03-02T07:00Z", team).body()).doesNotContain("greetings", "4711");
        assertThat(get("file=" + encoded(HOSTILE), team).body())
                .contains("never-seen")
                .doesNotContain("failing", "excluded");
        assertThat(get("file=" + encoded(HOSTILE), all).body()).contains("excluded");
    }

    @Test
    void tellsOnlyThoseOfARefusedDefinitionWhoMaySeeIt() {
        Definitions definitions = node.part(Definitions.class);
        definitions.refuse(new Refusal(
                Instant.parse("2026-11-29T06:00:00Z"),
                List.of(new Diagnostic("born-bad.yaml", 3, 5, "unknown key", null))));

        assertThat(get("definition=born-bad", all).body()).contains("change-refused", "born-bad.yaml:3:5: unknown key");
        assertThat(get("definition=born-bad", team).status()).isEqualTo(404);
        assertThat(get("definition=letters", team).body())
                .contains("change-refused", "another file has a mistake")
                .doesNotContain("born-bad");
        definitions.replace(definitions);
    }

    @Test
    void escapesTextFromOutsideOnThePage() {
        assertThat(page("file=" + encoded(HOSTILE), all))
                .contains("&lt;img src=x onerror=alert(1)&gt;.csv", "<code>excluded</code>")
                .doesNotContain("<img src=x");
        assertThat(page("definition=greetings&schedule=nightly&at=2026-03-03T02:00", all))
                .contains("&lt;b&gt;Feast&lt;/b&gt;")
                .doesNotContain("<b>Feast");
        assertThat(page("request=" + encoded("\"><img src=x>"), all)).doesNotContain("<img src=x");
    }

    @Test
    void isLinkedFromFiresFilesAndRuns() {
        String key = "Bearer " + all;
        assertThat(node.caller()
                        .get("/schedules", "Authorization", key, "Accept", "text/html")
                        .body())
                .contains("/explain?definition=greetings&amp;schedule=nightly&amp;at=2026-03-02T07:00:00Z");
        assertThat(node.caller()
                        .get("/files", "Authorization", key, "Accept", "text/html")
                        .body())
                .contains("/explain?file=%3Cimg");
        assertThat(node.caller()
                        .get("/runs/" + run, "Authorization", key, "Accept", "text/html")
                        .body())
                .contains("/explain?run=" + run);
        assertThat(page("", all)).contains("id=\"explain\"").doesNotContain("id=\"answer\"");
    }
}
