package dev.bes.testbench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.demo.RunDetail.Attempt;
import dev.bes.testbench.demo.RunDetail.Output;
import dev.bes.testbench.demo.RunDetail.Run;
import dev.bes.testbench.demo.RunDetail.Scoring;
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

class ChecksTests {

    private static final CsvFile INPUT = csv(3, List.of("Wildlife Species"));

    @TempDir
    Path folder;

    @Test
    void wantsOneRunOfEachTrigger() {
        List<RunDetail> three = List.of(run(1, "request", "a"), run(2, "files", "b"), run(3, "schedule", "c"));

        assertThat(Checks.oneRunPerTrigger(three).holds()).isTrue();
        assertThat(Checks.oneRunPerTrigger(three.subList(0, 2)).holds()).isFalse();
        assertThat(Checks.oneRunPerTrigger(with(three, run(4, "schedule", "d"))).holds())
                .isFalse();
    }

    @Test
    void wantsAllRunsFinishedAndTellsTheCauseOfOneThatIsNot() {
        RunDetail failed = detail(2, "files", "Failed", "No rows", "b");

        assertThat(Checks.allFinished(List.of(run(1, "request", "a"))).holds()).isTrue();
        assertThat(Checks.allFinished(List.of()).holds()).isFalse();
        assertThat(Checks.allFinished(List.of(run(1, "request", "a"), failed)))
                .isEqualTo(new Check("All runs are Finished", false, "Finished, Failed (No rows)"));
    }

    @Test
    void countsRowsOutAgainstRowsIn() {
        assertThat(Checks.sameRows(csv(3, List.of()), INPUT).holds()).isTrue();
        assertThat(Checks.sameRows(csv(2, List.of()), INPUT).holds()).isFalse();
        assertThat(Checks.sameRows(csv(0, List.of()), csv(0, List.of())).holds())
                .isFalse();
    }

    @Test
    void wantsAllHashedColumnsBehindThoseOfTheInput() {
        List<String> columns = new ArrayList<>(List.of("Wildlife Species"));
        for (int n = 0; n < 8; n++) {
            columns.add("Wildlife Species_HashingFeature." + n);
        }

        assertThat(Checks.hashedColumns(csv(3, columns), INPUT).holds()).isTrue();
        assertThat(Checks.hashedColumns(csv(3, columns.subList(0, 8)), INPUT).holds())
                .isFalse();
        assertThat(Checks.hashedColumns(csv(3, columns.subList(1, 9)), INPUT).holds())
                .isFalse();
    }

    @Test
    void comparesWhatLiesOnDiskWithWhatTheApiSays() {
        RunDetail run = run(1, "request", "a");

        assertThat(Checks.delivered(run, List.of(csv(3, List.of()))).holds()).isTrue();
        assertThat(Checks.delivered(run, List.of()).holds()).isFalse();
        assertThat(Checks.delivered(run, List.of(new CsvFile(Path.of("x"), "other", List.of(), 3, List.of())))
                        .holds())
                .isFalse();
        assertThat(Checks.delivered(new RunDetail(run.run(), List.of(), List.of()), List.of())
                        .holds())
                .isFalse();
    }

    @Test
    void wantsTheDroppedFileInTheArchiveAndNowhereElse() throws IOException {
        Path sample = Files.writeString(folder.resolve("sample.csv"), "a\n1\n");
        Path dropped = folder.resolve("dropped.csv");
        Path whole = Files.writeString(folder.resolve("1-dropped.csv"), "a\n1\n");
        Path half = Files.writeString(folder.resolve("2-dropped.csv"), "a\n");

        assertThat(Checks.archived(dropped, List.of(whole), sample).holds()).isTrue();
        assertThat(Checks.archived(dropped, List.of(half), sample).holds()).isFalse();
        assertThat(Checks.archived(dropped, List.of(), sample).holds()).isFalse();
        Files.createFile(dropped);
        assertThat(Checks.archived(dropped, List.of(whole), sample).holds()).isFalse();
    }

    @Test
    void wantsOneRunForOneKey() {
        List<RunDetail> one = List.of(run(1, "request", "a"), run(2, "files", "b"));
        RunsApi.Accepted first = new RunsApi.Accepted(1, false);

        assertThat(Checks.oneRunPerKey(first, new RunsApi.Accepted(1, true), one)
                        .holds())
                .isTrue();
        assertThat(Checks.oneRunPerKey(first, new RunsApi.Accepted(1, false), one)
                        .holds())
                .isFalse();
        assertThat(Checks.oneRunPerKey(first, new RunsApi.Accepted(3, true), one)
                        .holds())
                .isFalse();
        assertThat(Checks.oneRunPerKey(first, new RunsApi.Accepted(1, true), with(one, run(3, "request", "c")))
                        .holds())
                .isFalse();
    }

    @Test
    void wantsExactlyTheJobStartedThatTheAttemptNames() {
        List<RunDetail> runs = List.of(run(1, "request", "a"));

        assertThat(Checks.oneJobPerScoring(runs, List.of(start("a", true))).holds())
                .isTrue();
        assertThat(Checks.oneJobPerScoring(runs, List.of(start("a", true), start("a", false)))
                        .holds())
                .isTrue();
        assertThat(Checks.oneJobPerScoring(runs, List.of(start("a", false))).holds())
                .isFalse();
        assertThat(Checks.oneJobPerScoring(runs, List.of(start("b", true))).holds())
                .isFalse();
        assertThat(Checks.oneJobPerScoring(runs, List.of(start("a", true), start("b", true)))
                        .holds())
                .isFalse();
        assertThat(Checks.oneJobPerScoring(runs, List.of(start("a", true), start("a", true)))
                        .holds())
                .isFalse();
        assertThat(Checks.oneJobPerScoring(List.of(), List.of()).holds()).isFalse();
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
