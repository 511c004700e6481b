package dev.bes.testbench.demo.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.StateJson;
import dev.bes.api.run.StepJson;
import dev.bes.testbench.demo.DemoRuns;
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
        assertThat(new RunTable(PLAIN).line(run(StateJson.RUNNING, StepJson.STARTED, null), NOW))
                .isEqualTo("  7    files     Running    STARTED    █████████░░░░░░    10,000    4.5 s");
    }

    @Test
    void stopsTheClockOfARunThatHasEnded() {
        assertThat(new RunTable(PLAIN).line(run(StateJson.FINISHED, StepJson.DELIVERED, Instant.ofEpochSecond(8)), NOW))
                .isEqualTo("  7    files     Finished   DELIVERED  ███████████████    10,000    2.5 s");
    }

    @Test
    void drawsARunThatHasNoScoringYet() {
        RunDetailJson run = DemoRuns.run(8, "schedule", StateJson.NOT_STARTED, null, NOW, null);

        assertThat(new RunTable(new TerminalStyle(false, 100, false)).line(run, NOW))
                .isEqualTo("  8    schedule  NotStarted            ...............              0.0 s");
    }

    @Test
    void keepsTheColumnsStraightWithColours() {
        List<String> lines = new RunTable(TERMINAL).lines(List.of(run(StateJson.RUNNING, StepJson.STARTED, null)), NOW);

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).contains("\u001b["));
        assertThat(lines)
                .extracting(line -> line.replaceAll("\u001b\\[\\d+m", "").length())
                .containsOnly(73);
    }

    @Test
    void printsALineForEachChangeOnlyWhenItIsNoTerminal() {
        StringWriter said = new StringWriter();
        LiveView view = new LiveView(new PrintWriter(said), PLAIN, InstantSource.fixed(NOW));

        view.show(List.of(run(StateJson.NOT_STARTED, StepJson.PLANNED, null)));
        view.show(List.of(run(StateJson.NOT_STARTED, StepJson.PLANNED, null)));
        view.show(List.of(run(StateJson.RUNNING, StepJson.STARTED, null)));

        assertThat(said.toString().lines()).hasSize(3);
        assertThat(said.toString()).doesNotContain("\u001b");
    }

    @Test
    void drawsOverWhatItDrewBeforeOnATerminal() {
        StringWriter said = new StringWriter();
        LiveView view = new LiveView(new PrintWriter(said), TERMINAL, InstantSource.fixed(NOW));

        view.show(List.of(run(StateJson.RUNNING, StepJson.STARTED, null)));
        int first = said.toString().length();
        view.show(List.of(run(StateJson.RUNNING, StepJson.SCORED, null)));

        assertThat(said.toString().substring(first)).startsWith("\u001b[2A").contains("SCORED");
    }

    @Test
    void cutsToTheWidth() {
        assertThat(new TerminalStyle(false, 5, true).cut("123456")).isEqualTo("1234…");
        assertThat(new TerminalStyle(false, 6, true).cut("123456")).isEqualTo("123456");
    }

    private static RunDetailJson run(StateJson state, StepJson step, @Nullable Instant ended) {
        return DemoRuns.run(
                7,
                "files",
                state,
                null,
                Instant.ofEpochMilli(5_500),
                ended,
                DemoRuns.scoring(step, state, null, 10_000, Map.of()));
    }
}
