package dev.bes.testbench.demo.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.testbench.demo.client.RunDetail;
import dev.bes.testbench.demo.client.RunDetail.Attempt;
import dev.bes.testbench.demo.client.RunDetail.Run;
import dev.bes.testbench.demo.client.RunDetail.Scoring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTableTests {

    private static final TerminalStyle PLAIN = new TerminalStyle(false, 100, true);
    private static final TerminalStyle TERMINAL = new TerminalStyle(true, 100, true);
    private static final Instant NOW = Instant.ofEpochSecond(10);

    @Test
    void drawsARunThatWaitsForTheRemote() {
        assertThat(new RunTable(PLAIN).line(run("Running", "STARTED", null), NOW))
                .isEqualTo("  7    files     Running    STARTED    █████████░░░░░░    10,000    4.5 s");
    }

    @Test
    void stopsTheClockOfARunThatHasEnded() {
        assertThat(new RunTable(PLAIN).line(run("Finished", "DELIVERED", Instant.ofEpochSecond(8)), NOW))
                .isEqualTo("  7    files     Finished   DELIVERED  ███████████████    10,000    2.5 s");
    }

    @Test
    void drawsARunThatHasNoScoringYet() {
        Run run = new Run(8, "schedule", "NotStarted", null, NOW, null);

        assertThat(new RunTable(new TerminalStyle(false, 100, false))
                        .line(new RunDetail(run, List.of(), List.of()), NOW))
                .isEqualTo("  8    schedule  NotStarted            ...............              0.0 s");
    }

    @Test
    void keepsTheColumnsStraightWithColours() {
        List<String> lines = new RunTable(TERMINAL).lines(List.of(run("Running", "STARTED", null)), NOW);

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).contains("\u001b["));
        assertThat(lines)
                .extracting(line -> line.replaceAll("\u001b\\[\\d+m", "").length())
                .containsOnly(73);
    }

    @Test
    void printsALineForEachChangeOnlyWhenItIsNoTerminal() {
        StringWriter said = new StringWriter();
        LiveView view = new LiveView(new PrintWriter(said), PLAIN, InstantSource.fixed(NOW));

        view.show(List.of(run("NotStarted", "PLANNED", null)));
        view.show(List.of(run("NotStarted", "PLANNED", null)));
        view.show(List.of(run("Running", "STARTED", null)));

        assertThat(said.toString().lines()).hasSize(3);
        assertThat(said.toString()).doesNotContain("\u001b");
    }

    @Test
    void drawsOverWhatItDrewBeforeOnATerminal() {
        StringWriter said = new StringWriter();
        LiveView view = new LiveView(new PrintWriter(said), TERMINAL, InstantSource.fixed(NOW));

        view.show(List.of(run("Running", "STARTED", null)));
        int first = said.toString().length();
        view.show(List.of(run("Running", "SCORED", null)));

        assertThat(said.toString().substring(first)).startsWith("\u001b[2A").contains("SCORED");
    }

    @Test
    void cutsToTheWidth() {
        assertThat(new TerminalStyle(false, 5, true).cut("123456")).isEqualTo("1234…");
        assertThat(new TerminalStyle(false, 6, true).cut("123456")).isEqualTo("123456");
    }

    private static RunDetail run(String state, String step, @Nullable Instant ended) {
        Run run = new Run(7, "files", state, null, Instant.ofEpochMilli(5_500), ended);
        Scoring scoring = new Scoring(1, step, state, null, List.of(new Attempt(1, state, null, 10_000)), Map.of());
        return new RunDetail(run, List.of(scoring), List.of());
    }
}
