package dev.bes.testbench.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.api.run.StateJson;
import dev.bes.api.run.StepJson;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.demo.DemoRuns;
import dev.bes.testbench.demo.environment.CsvFile;
import dev.bes.testbench.demo.environment.DemoKind;
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
        List<RunDetailJson> three = List.of(run(1, "request", "a"), run(2, "files", "b"), run(3, "schedule", "c"));

        assertThat(DemoChecks.oneRunPerTrigger(three).holds()).isTrue();
        assertThat(DemoChecks.oneRunPerTrigger(three.subList(0, 2)).holds()).isFalse();
        assertThat(DemoChecks.oneRunPerTrigger(with(three, run(4, "schedule", "d")))
                        .holds())
                .isFalse();
    }

    @Test
    void wantsAllRunsFinishedAndTellsTheCauseOfOneThatIsNot() {
        RunDetailJson failed = detail(2, "files", StateJson.FAILED, "No rows", "b");

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

        assertThat(DemoChecks.hashedColumns(DemoKind.BES, csv(3, columns), INPUT)
                        .holds())
                .isTrue();
        assertThat(DemoChecks.hashedColumns(DemoKind.BES, csv(3, columns.subList(0, 8)), INPUT)
                        .holds())
                .isFalse();
        assertThat(DemoChecks.hashedColumns(DemoKind.BES, csv(3, columns.subList(1, 9)), INPUT)
                        .holds())
                .isFalse();
    }

    @Test
    void comparesWhatLiesOnDiskWithWhatTheApiSays() {
        RunDetailJson run = run(1, "request", "a");

        assertThat(DemoChecks.delivered(run, List.of(csv(3, List.of()))).holds())
                .isTrue();
        assertThat(DemoChecks.delivered(run, List.of()).holds()).isFalse();
        assertThat(DemoChecks.delivered(run, List.of(new CsvFile(Path.of("x"), "other", List.of(), 3, List.of())))
                        .holds())
                .isFalse();
        assertThat(DemoChecks.delivered(
                                DemoRuns.run(1, "request", StateJson.FINISHED, null, Instant.EPOCH, Instant.EPOCH),
                                List.of())
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
        List<RunDetailJson> one = List.of(run(1, "request", "a"), run(2, "files", "b"));
        AcceptedRun first = accepted(1, false);

        assertThat(DemoChecks.oneRunPerKey(first, accepted(1, true), one).holds())
                .isTrue();
        assertThat(DemoChecks.oneRunPerKey(first, accepted(1, false), one).holds())
                .isFalse();
        assertThat(DemoChecks.oneRunPerKey(first, accepted(3, true), one).holds())
                .isFalse();
        assertThat(DemoChecks.oneRunPerKey(first, accepted(1, true), with(one, run(3, "request", "c")))
                        .holds())
                .isFalse();
    }

    @Test
    void wantsExactlyTheJobStartedThatTheAttemptNames() {
        List<RunDetailJson> runs = List.of(run(1, "request", "a"));

        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("a", true)))
                        .holds())
                .isTrue();
        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("a", true), start("a", false)))
                        .holds())
                .isTrue();
        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("a", false)))
                        .holds())
                .isFalse();
        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("b", true)))
                        .holds())
                .isFalse();
        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("a", true), start("b", true)))
                        .holds())
                .isFalse();
        assertThat(JournalChecks.oneJobPerScoring(runs, List.of(start("a", true), start("a", true)))
                        .holds())
                .isFalse();
        assertThat(JournalChecks.oneJobPerScoring(List.of(), List.of()).holds()).isFalse();
    }

    private static JournalEntry start(String job, boolean accepted) {
        return new JournalEntry(1, Instant.EPOCH, JournalEntry.Event.START, job, Map.of("accepted", accepted));
    }

    private static CsvFile csv(long rows, List<String> columns) {
        return new CsvFile(Path.of("out.csv"), "hash", columns, rows, List.of());
    }

    private static RunDetailJson run(long id, String trigger, String job) {
        return detail(id, trigger, StateJson.FINISHED, null, job);
    }

    private static RunDetailJson detail(long id, String trigger, StateJson state, @Nullable String cause, String job) {
        Map<String, OutputJson> outputs = Map.of("output1", new OutputJson("/", 3, 9, "hash"));
        ScoringJson scoring = DemoRuns.scoring(StepJson.DELIVERED, state, job, 3, outputs);
        return DemoRuns.run(id, trigger, state, cause, Instant.EPOCH, Instant.EPOCH, scoring);
    }

    private static AcceptedRun accepted(long id, boolean replayed) {
        return new AcceptedRun(new AcceptedRunJson(id, "birdstrikes", null, null, Map.of()), replayed);
    }

    private static List<RunDetailJson> with(List<RunDetailJson> runs, RunDetailJson more) {
        List<RunDetailJson> all = new ArrayList<>(runs);
        all.add(more);
        return all;
    }
}
