package dev.bes.orchestrator.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.api.definition.FiresJson;
import dev.bes.api.definition.FiresJson.FireJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of fire times, by REST and on the page. */
@Tag("slow")
class FiresApiTests {
    private static final Instant FIRST = Instant.parse("2026-03-01T07:00:00Z");

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
        for (String definition : List.of("greetings", "letters")) {
            add(definition, "2026-03-01 07:00:00Z", "started", null, "2026-03-01 07:00:01.5Z");
            add(definition, "2026-03-02 07:00:00Z", "missed", "no node could start it in time", "2026-03-03 07:00:00Z");
            add(definition, "2026-03-03 07:00:00Z", "closed", "<b>Feast</b> (holiday of DE)", "2026-03-03 07:00:00Z");
        }
    }

    private static void add(String definition, String time, String outcome, @Nullable String reason, String decidedAt) {
        node.part(JdbcClient.class)
                .sql("INSERT INTO schedule_fire (definition, schedule, fire_time, outcome, reason, decided_at, run_id)"
                        + " VALUES (?, 'nightly', ?::timestamptz, ?, ?, ?::timestamptz, ?)")
                .params(definition, time, outcome, reason, decidedAt, outcome.equals("started") ? 4711L : null)
                .update();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static FiresJson fires(@Nullable String definition, @Nullable String outcome, @Nullable String from) {
        return node.api().fires(definition, null, outcome, from, null, null, null);
    }

    @Test
    void listsTheLatestFirstWithReasonDelayAndRun() {
        assertThat(fires("greetings", null, null).fires())
                .extracting(FireJson::outcome, FireJson::reason, FireJson::delayMillis, FireJson::run)
                .containsExactly(
                        tuple("closed", "<b>Feast</b> (holiday of DE)", null, null),
                        tuple("missed", "no node could start it in time", null, null),
                        tuple("started", null, 1_500L, 4711L));
        assertThat(fires("greetings", "started", null).fires().getFirst())
                .returns(FIRST, FireJson::time)
                .satisfies(fire -> assertThat(fire.links()).containsEntry("run", "/api/v1/runs/4711"));
    }

    @Test
    void goesOnByTheCursorAndRepeatsNothing() {
        List<String> seen = new ArrayList<>();
        String path = "/api/v1/fires?limit=1";
        while (path != null) {
            Answer answer = node.caller().get(path);
            answer.json()
                    .path("fires")
                    .forEach(fire -> seen.add(fire.path("time").asString() + " "
                            + fire.path("definition").asString()));
            path = answer.json().path("next").isNull()
                    ? null
                    : answer.json().path("next").asString();
        }
        assertThat(seen)
                .containsExactly(
                        "2026-03-03T07:00:00Z letters",
                        "2026-03-03T07:00:00Z greetings",
                        "2026-03-02T07:00:00Z letters",
                        "2026-03-02T07:00:00Z greetings",
                        "2026-03-01T07:00:00Z letters",
                        "2026-03-01T07:00:00Z greetings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=missed | 2
            from=2026-03-02 | 4
            from=2026-03-02&to=2026-03-02 | 2
            to=2026-03-02T07:00:00Z | 2
            schedule=other | 0
            definition=letters&schedule=nightly&sort=time | 3
            """)
    void filters(String query, int count) {
        assertThat(node.caller()
                        .get("/api/v1/fires?" + query)
                        .json()
                        .path("fires")
                        .size())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            outcome=late | the outcomes are: starting, started
            from=yesterday | 'from' is neither a day
            limit=201 | 'limit' must be a number from 1 to 200
            schedule=%00 | 'schedule' holds a NUL
            cursor=abc | 'cursor' is not one of this list
            sort=run | the keys are: time
            """)
    void saysWhatIsWrong(String query, String detail) {
        Answer answer = node.caller().get("/api/v1/fires?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).contains(detail);
    }

    @Test
    void showsSchedulesAndFiresOnThePage() {
        Answer page = node.caller().get("/schedules?definition=greetings&limit=2", "Accept", "text/html");

        assertThat(page.body())
                .contains("America/New_York", "at 02:00", "&lt;b&gt;Feast&lt;/b&gt;", "missed", "id=\"older\"")
                .doesNotContain("<b>Feast");
        assertThat(node.caller()
                        .get("/schedules?outcome=started", "Accept", "text/html")
                        .body())
                .contains("href=\"/runs/4711\"", "1.5 s");
    }
}
