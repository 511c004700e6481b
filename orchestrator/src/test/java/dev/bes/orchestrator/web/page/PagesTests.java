package dev.bes.orchestrator.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages, as a browser gets them. */
@Tag("slow")
class PagesTests {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/[^\"#]*\\.(?:css|js|svg))\"");
    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:");

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/definitions",
                "/schedules",
                "/schedules/simulation",
                "/attention",
                "/docs/problems",
                "/docs/api",
                "/audit",
                "/no-such-page",
                "/runs/987654321"
            })
    void bringsEverythingItselfAndNothingInline(String path) {
        Answer page = get(path);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).doesNotContain("//cdn", "https://").doesNotContainPattern(INLINE);
        List<String> parts = ADDRESS.matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(parts).hasSize(4);
        assertThat(parts).allSatisfy(part -> {
            Answer answer = node.caller().get(part);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("max-age=604800");
        });
    }

    @Test
    void showsForeignTextAsText() {
        Answer accepted = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("letters")
                                .with("parameters.column", HOSTILE)
                                .file("input1", HOSTILE + ".csv", WebNode.csv("a")));
        long run = accepted.json().get("id").asLong();
        node.await(run, StateJson.FAILED);
        String cause = node.part(RunReader.class).find(run).orElseThrow().cause();
        assertThat(cause).contains(HOSTILE);

        for (String page : List.of("/runs/" + run, "/", "/attention")) {
            assertThat(get(page).body()).doesNotContain(HOSTILE).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        }
        assertThat(get("/definitions").body()).doesNotContain("<b>words").contains("&lt;b&gt;words");
    }

    @Test
    void showsWhatCannotBeSeen() {
        String hidden = "a\u202Evsc\u200B\u2066";
        String shown = "a⟨U+202E⟩vsc⟨U+200B⟩⟨U+2066⟩";
        Answer accepted = node.caller()
                .post(
                        "/api/v1/runs",
                        Form.of("letters")
                                .with("parameters.column", hidden)
                                .file("input1", hidden + ".csv", WebNode.csv("a")),
                        "Idempotency-Key",
                        "seen");
        long run = accepted.json().get("id").asLong();
        node.await(run, StateJson.FAILED);

        assertThat(get("/runs/" + run).body()).contains(shown + ".csv", "column = " + shown);
        for (String page : List.of("/runs/" + run, "/", "/attention")) {
            assertThat(get(page).body()).as(page).doesNotContainPattern("[\u202E\u200B\u2066]");
        }
        assertThat(node.caller().get("/api/v1/runs/" + run).body())
                .as("programs get the data")
                .contains(hidden);
    }

    @Test
    void keepsFormValuesAsTheyWereTyped() {
        Form form = new Form("").with("key", formKey()).with("parameters.column", "te\u200Bxt");

        Answer answer = node.caller().post("/definitions/letters/runs", form);

        assertThat(answer.body()).contains("value=\"te\u200Bxt\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/definitions", "/attention", "/docs/problems", "/runs/987654321", "/no-such", "/error"})
    void forbidsCachingOfPages(String path) {
        assertThat(get(path).header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void carriesTheNoticeOfAStalePage() {
        assertThat(get("/").body())
                .contains("id=\"stale\"", "role=\"alert\" hidden", "\"timeout\": 10000")
                .containsPattern("src=\"/stale-[0-9a-f]+\\.js\"");
    }

    @Test
    void showsARunWithItsOutputs() {
        long run = node.run("greetings");
        node.await(run, StateJson.FINISHED);

        assertThat(get("/runs/" + run).body())
                .contains("Run #" + run, "ready.csv", "DELIVERED", "SUBMITTED → STARTED")
                .contains("href=\"/api/v1/runs/" + run + "/scorings/1/outputs/output1\"")
                .contains("curl " + node.url() + "/api/v1/runs/" + run)
                .doesNotContain("Cancel run…", "hx-trigger");
        assertThat(get("/?definition=greetings&state=Finished").body()).contains("id=\"run-" + run + "\"");
        assertThat(get("/?state=Cancelled&definition=greetings").body()).contains("No such runs");
    }

    @Test
    void looksAgainAndOffersToCancelWhileARunIsLive() {
        long run = node.run("hanging");
        node.await(run, StateJson.RUNNING);
        assertThat(get("/runs/" + run).body()).contains("hx-trigger=\"every 2s\"", "/runs/" + run + "/cancel");
        assertThat(get("/").body()).contains("hx-trigger=\"every 2s\"");

        Answer cancelled = node.caller().post("/runs/" + run + "/cancel", new Form(""));

        assertThat(cancelled.status()).isEqualTo(302);
        assertThat(cancelled.header("Location")).endsWith("/runs/" + run);
        node.await(run, StateJson.CANCELLED);
    }

    @Test
    void refusesToCancelForAnotherSite() {
        long run = node.run("hanging");

        Answer refused = node.caller().post("/runs/" + run + "/cancel", new Form(""), "Sec-Fetch-Site", "cross-site");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(node.part(RunReader.class).find(run).orElseThrow().cancelRequestedAt())
                .isNull();
    }

    @Test
    void saysInWordsWhenASchedulesTimeComes() {
        assertThat(get("/definitions").body())
                .contains("at 02:00", "America/New_York", "0 0 2 * * ?")
                .containsPattern(">\\w{3} \\d+ \\w{3} \\d{4}, 02:00<")
                .containsPattern(">\\d+ \\w{3} \\d{4}, 0[67]:00 UTC<");
    }

    @Test
    void pausesAndResumesAScheduleOnBothPagesThatShowIt() {
        String schedule = "/definitions/greetings/schedules/nightly";
        assertThat(get("/schedules").body()).contains(schedule + "/pause");

        Answer paused = node.caller()
                .post(
                        schedule + "/pause",
                        new Form("").with("reason", "year-end <b>").with("page", "schedules"));

        assertThat(paused.header("Location")).endsWith("/schedules");
        assertThat(get("/schedules").body()).contains("year-end &lt;b&gt;", schedule + "/resume");
        Answer resumed =
                node.caller().post(schedule + "/resume", new Form("").with("page", "https://elsewhere.example"));
        assertThat(resumed.header("Location")).endsWith("/definitions");
        assertThat(get("/definitions").body()).contains(schedule + "/pause");
    }

    @Test
    void runsOnceHoweverOftenAFormIsSent() {
        Form form = new Form("")
                .with("key", formKey())
                .with("parameters.column", "text")
                .with("parameters.bits", "")
                .file("input1", "form.csv", WebNode.csv("a", "b"));

        Answer first = node.caller().post("/definitions/letters/runs", form);
        Answer second = node.caller().post("/definitions/letters/runs", form);

        assertThat(first.status()).as(first.body()).isEqualTo(302);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        String location = first.header("Location");
        node.await(Long.parseLong(location.substring(location.lastIndexOf('/') + 1)), StateJson.FINISHED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.csv | column | the request has no
            ''    | bits   | Input &#39;input1&#39; has no file
            """)
    void saysInTheFormWhatIsMissing(String file, String emptyField, String error) {
        Form form = new Form("")
                .with("key", formKey())
                .with("parameters.column", emptyField.equals("column") ? "" : "te\"xt")
                .file("input1", file, "");

        Answer answer = node.caller().post("/definitions/letters/runs", form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("role=\"alert\"").contains(error);
        if (!emptyField.equals("column")) {
            assertThat(answer.body()).contains("value=\"te&quot;xt\"");
        }
    }

    @Test
    void tellsAFormThatWasChangedAndSentAgainWhatHappened() {
        Form form = new Form("").with("key", formKey());
        node.caller().post("/definitions/greetings/runs", form);

        Answer answer = node.caller().post("/definitions/greetings/runs", form.with("parameters.bits", "4"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("This form was sent before");
    }

    private static String formKey() {
        Matcher key = Pattern.compile("name=\"key\" value=\"([^\"]+)\"")
                .matcher(get("/definitions").body());
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    private static Answer get(String path) {
        return node.caller().get(path, "Accept", "text/html");
    }

    @Test
    void showsEveryCallOfTheApiAndItsDocument() {
        String page = get("/docs/api").body();

        assertThat(page).contains("/api/v1/runs/{id}/cancel", "id=\"AcceptedRunJson\"", "Idempotency-Key");
        assertThat(node.caller().get("/docs/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }
}
