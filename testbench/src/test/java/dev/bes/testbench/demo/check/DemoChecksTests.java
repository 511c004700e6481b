package dev.bes.testbench.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.demo.client.RunDetail;
import dev.bes.testbench.demo.client.RunDetail.Attempt;
import dev.bes.testbench.demo.client.RunDetail.Output;
import dev.bes.testbench.demo.client.RunDetail.Run;
import dev.bes.testbench.demo.client.RunDetail.Scoring;
import dev.bes.testbench.demo.client.RunsApi;
import dev.bes.testbench.demo.environment.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoChecksTests {

    private static final CsvFile INPUT = csv(3, List.of("Wildlife Species"));

    @TempDir
    Path folder;

    @Test
    void wantsOneRunOfEachTrigger() {
        List<RunDetail> three = List.of(run(1, "request", "a"), run(2, "files", "b"), run(3, "schedule", "c"));

        assertThat(DemoChecks.oneRunPerTrigger(three).holds()).isTrue();
        assertThat(DemoChecks.oneRunPerTrigger(three.subList(0, 2)).holds()).isFalse();
        assertThat(DemoChecks.oneRunPerTrigger(with(three, run(4, "schedule", "d")))
                        .holds())
                .isFalse();
    }

    @Test
    void wantsAllRunsFinishedAndTellsTheCauseOfOneThatIsNot() {
        RunDetail failed = detail(2, "files", "Failed", "No rows", "b");

        assertThat(DemoChecks.allFinished(List.of(run(1, "request", "a"))).holds())
                .isTrue();
        assertThat(DemoChecks.allFinished(List.of()).holds()).isFalse();
        assertThat(DemoChecks.allFinished(List.of(run(1, "request", "a"), failed)))
                .isEqualTo(new Check("All runs are Finished", false, "Finished, Failed (No rows)"));
    }

    @Test
    void countsRowsOutAgainstRowsIn() {
        assertThat(DemoChecks.sameRows(csv(3, List.of()), INPUT).holds()).isTrue();
        assertThat(DemoChecks.sameRows(csv(2, List.of()), INPUT).holds()).isFalse();
        assertThat(DemoChecks.sameRows(csv(0, List.of()), csv(0, List.of())).holds())
                .isFalse();
    }

    @Test
    void wantsAllHashedColumnsBehindThoseOfTheInput() {
        List<String> columns = new ArrayList<>(List.of("Wildlife Species"));
        for (int n = 0; n < 8; n++) {
            columns.add("Wildlife Species_HashingFeature." + n);
        }

        assertThat(DemoChecks.hashedColumns(csv(3, columns), INPUT).holds()).isTrue();
        assertThat(DemoChecks.hashedColumns(csv(3, columns.subList(0, 8)), INPUT)
                        .holds())
                .isFalse();
        assertThat(DemoChecks.hashedColumns(csv(3, columns.subList(1, 9)), INPUT)
                        .holds())
                .isFalse();
    }

    @Test
    void comparesWhatLiesOnDiskWithWhatTheApiSays() {
        RunDetail run = run(1, "request", "a");

        assertThat(DemoChecks.delivered(run, List.of(csv(3, List.of()))).holds())
                .isTrue();
        assertThat(DemoChecks.delivered(run, List.of()).holds()).isFalse();
        assertThat(DemoChecks.delivered(run, List.of(new CsvFile(Path.of("x"), "other", List.of(), 3, List.of())))
                        .holds())
                .isFalse();
        assertThat(DemoChecks.delivered(new RunDetail(run.run(), List.of(), List.of()), List.of())
                        .holds())
                .isFalse();
    }

    @Test
    void wantsTheDroppedFileInTheArchiveAndNowhereElse() throws IOException {
        Path sample = Files.writeString(folder.resolve("sample.csv"), "a\n1\n");
        Path dropped = folder.resolve("dropped.csv");
        Path whole = Files.writeString(folder.resolve("1-dropped.csv"), "a\n1\n");
        Path half = Files.writeString(folder.resolve("2-dropped.csv"), "a\n");

        assertThat(DemoChecks.archived(dropped, List.of(whole), sample).holds()).isTrue();
        assertThat(DemoChecks.archived(dropped, List.of(half), sample).holds()).isFalse();
        assertThat(DemoChecks.archived(dropped, List.of(), sample).holds()).isFalse();
        Files.createFile(dropped);
        assertThat(DemoChecks.archived(dropped, List.of(whole), sample).holds()).isFalse();
    }

    @Test
    void wantsOneRunForOneKey() {
        List<RunDetail> one = List.of(run(1, "request", "a"), run(2, "files", "b"));
        RunsApi.Accepted first = new RunsApi.Accepted(1, false);

        assertThat(DemoChecks.oneRunPerKey(first, new RunsApi.Accepted(1, true), one)
                        .holds())
                .isTrue();
        assertThat(DemoChecks.oneRunPerKey(first, new RunsApi.Accepted(1, false), one)
                        .holds())
                .isFalse();
        assertThat(DemoChecks.oneRunPerKey(first, new RunsApi.Accepted(3, true), one)
                        .holds())
                .isFalse();
        assertThat(DemoChecks.oneRunPerKey(first, new RunsApi.Accepted(1, true), with(one, run(3, "request", "c")))
                        .holds())
                .isFalse();
    }

    @Test
    void wantsExactlyTheJobStartedThatTheAttemptNames() {
        List<RunDetail> runs = List.of(run(1, "request", "a"));

        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("a", true))).holds())
                .isTrue();
        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("a", true), start("a", false)))
                        .holds())
                .isTrue();
        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("a", false))).holds())
                .isFalse();
        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("b", true))).holds())
                .isFalse();
        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("a", true), start("b", true)))
                        .holds())
                .isFalse();
        assertThat(DemoChecks.oneJobPerScoring(runs, List.of(start("a", true), start("a", true)))
                        .holds())
                .isFalse();
        assertThat(DemoChecks.oneJobPerScoring(List.of(), List.of()).holds()).isFalse();
    }

    private static JournalEntry start(String job, boolean accepted) {
        return new JournalEntry(1, Instant.EPOCH, JournalEntry.Event.START, job, Map.of("accepted", accepted));
    }

    private static CsvFile csv(long rows, List<String> columns) {
        return new CsvFile(Path.of("out.csv"), "hash", columns, rows, List.of());
    }

    private static RunDetail run(long id, String trigger, String job) {
        return detail(id, trigger, "Finished", null, job);
    }

    private static RunDetail detail(long id, String trigger, String state, @Nullable String cause, String job) {
        Scoring scoring = new Scoring(
                1,
                "DELIVERED",
                state,
                cause,
                List.of(new Attempt(1, state, job, 3)),
                Map.of("output1", new Output(3, "hash")));
        Run run = new Run(id, trigger, state, cause, Instant.EPOCH, Instant.EPOCH);
        return new RunDetail(run, List.of(scoring), List.of());
    }

    private static List<RunDetail> with(List<RunDetail> runs, RunDetail more) {
        List<RunDetail> all = new ArrayList<>(runs);
        all.add(more);
        return all;
    }
}
