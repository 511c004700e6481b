package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.BesCalls.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints, character by character. */
class OutputTests {
    @TempDir
    Path home;

    private RecordedService service;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService()
                .answers(
                        "GET /api/v1/runs",
                        200,
                        Answers.runs(
                                Answers.run(12, "Failed", "=1+1, \\\"bad\\\"", 2, 0),
                                Answers.run(7, "Running", null, 1, 1)));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private BesCalls bes() {
        return BesCalls.at(home).with("BES_SERVER", service.url());
    }

    @Test
    void saysHowToSeeTheNextPageToPeopleAlone() {
        String files = "{\"files\":[],\"next\":\"/api/v1/files?limit=50&cursor=abc_-1\"}";
        service.answers("GET /api/v1/files", 200, files);

        assertThat(bes().call("files").err()).endsWith("There are more: add --cursor abc_-1\n");
        assertThat(bes().call("files", "-o", "csv").err()).doesNotContain("cursor");
    }

    @Test
    void saysThatAListGoesOn() {
        service.answers("GET /api/v1/keys", 200, "{\"keys\":[],\"next\":\"/api/v1/keys?cursor=abc\"}")
                .answers("GET /api/v1/users", 200, "{\"users\":[],\"next\":null}");

        assertThat(bes().call("keys", "-o", "json").err()).contains("There are more");
        assertThat(bes().call("users").err()).doesNotContain("There are more");
    }

    @Test
    void printsATableWithTimesOfTheLocalZone() {
        Result result = bes().call("runs");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                        RUN  DEFINITION   STATE    SCORINGS  ATTENTION  TRIGGER  CREATED AT           ENDED AT  CAUSE
                        12   birdstrikes  Failed   2/2       0          request  2026-11-29 10:02:03            =1+1, "bad"
                        7    birdstrikes  Running  1/2       1          request  2026-11-29 10:02:03
                        """);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void printsCsvWithTimesInUtcAndNoFormulas() {
        assertThat(bes().call("runs", "-o", "csv").out()).isEqualTo("""
                        run,definition,state,scorings,attention,trigger,createdAt,endedAt,cause
                        12,birdstrikes,Failed,2/2,0,request,2026-11-29T01:02:03Z,,"'=1+1, ""bad""\"
                        7,birdstrikes,Running,1/2,1,request,2026-11-29T01:02:03Z,,
                        """);
    }

    @Test
    void printsTheJsonOfTheApi() {
        assertThat(bes().call("runs", "-o", "json").out())
                .startsWith("{\n  \"runs\" : [\n    {\n      \"id\" : 12,\n      \"definition\" : \"birdstrikes\",\n")
                .contains("\"state\" : \"Failed\"", "\"createdAt\" : \"2026-11-29T01:02:03Z\"")
                .endsWith("  \"next\" : null\n}\n");
    }

    @Test
    void printsTheSameAsYaml() {
        assertThat(bes().call("runs", "-o", "yaml").out())
                .startsWith("runs:\n- id: 12\n  definition: \"birdstrikes\"\n")
                .endsWith("next: null\n");
    }

    @Test
    void printsOnlyNumbersWhenQuiet() {
        assertThat(bes().call("runs", "-q").out()).isEqualTo("12\n7\n");
        assertThat(bes().call("-q", "runs").out()).isEqualTo("12\n7\n");
    }

    @Test
    void hasColoursOnATerminalAloneAndHonoursNoColor() {
        assertThat(bes().onTerminal().call("runs").out()).contains("\u001b[31mFailed\u001b[0m");
        assertThat(bes().onTerminal().with("NO_COLOR", "1").call("runs").out()).doesNotContain("\u001b");
        assertThat(bes().call("runs").out()).doesNotContain("\u001b");
    }

    @Test
    void cutsLinesToTheWidthOfATerminalAndGivesTheLastColumnItsOwn() {
        String out = bes().onTerminal().with("NO_COLOR", "1").call("runs").out();

        assertThat(out).containsOnlyOnce("\n  cause: =1+1, \"bad\"\n");
        assertThat(out.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
                .anySatisfy(line -> assertThat(line).endsWith("…"));
    }

    @Test
    void makesEscapeSequencesAndDirectionMarksOfTheServerVisible() throws IOException {
        try (RecordedService hostile = new RecordedService()
                .answers(
                        "GET /api/v1/runs",
                        200,
                        Answers.runs(Answers.run(1, "Failed", "\\u001b]0;owned\\u0007\\u202egnp.exe\\u009b", 2, 0)))) {
            for (String format : new String[] {"table", "csv", "json", "yaml"}) {
                String out = BesCalls.at(home)
                        .with("BES_SERVER", hostile.url())
                        .onTerminal()
                        .with("NO_COLOR", "1")
                        .call("runs", "-o", format)
                        .out();

                assertThat(out).as(format).doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
            }
            assertThat(BesCalls.at(home)
                            .with("BES_SERVER", hostile.url())
                            .call("runs", "-o", "csv")
                            .out())
                    .contains("⟨U+001B⟩]0;owned⟨U+0007⟩⟨U+202E⟩gnp.exe");
        }
    }
}
