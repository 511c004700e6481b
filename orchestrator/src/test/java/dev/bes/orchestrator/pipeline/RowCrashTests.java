package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that scores rows and has no jobs. At each moment of the work the node dies, sleeps, or has its run cancelled: the output
 * has every row once and in order, and only the batches that were under way are scored again.
 */
@Tag("slow")
class RowCrashTests {
    private static final List<String> WORDS = List.of("a", "bb", "ccc", "\"d,\r\nd\"", "eeeee", "ffffff", "g");
    private static final String WHOLE =
            "text,length\r\na,1\r\nbb,2\r\nccc,3\r\n\"d,\r\nd\",5\r\neeeee,5\r\nffffff,6\r\ng,1\r\n";

    /** Moments that the other classes of services have, too. */
    private static final String[] COMMON = {
        "before commit", "after commit", "before stage", "after stage", "before fetch", "after fetch"
    };

    @TempDir
    static Path folder;

    private static final Deque<RuntimeException> TROUBLE = new ArrayDeque<>();
    private static RowsFake far;
    private static EveryPointRuns moments;

    @BeforeAll
    static void reachOut() throws IOException {
        far = new RowsFake(new Limits(2, 1000, 1)) {
            @Override
            protected void before(Table batch) {
                RuntimeException trouble = batch.rows().getFirst().getFirst().equals("ccc") ? TROUBLE.poll() : null;
                if (trouble != null) {
                    throw trouble;
                }
            }
        };
        moments = new EveryPointRuns(new RealRemote("rows", far), folder, run -> run.withFiles(List.of(file("rows"))));
        write("rows", "text\n" + String.join("\n", WORDS) + "\n");
    }

    @AfterAll
    static void hangUp() {
        moments.close();
    }

    @BeforeEach
    void forget() {
        far.scored.clear();
        TROUBLE.clear();
    }

    private static InputFile file(String name) {
        return new InputFile(folder.resolve(name + ".csv").toString(), name + ".csv");
    }

    private static void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name + ".csv"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void work(Accepted accepted, PipelineNode node) {
        node.launch(accepted.run());
        node.track(accepted.run());
        moments.rows.letTimePass(accepted.run());
        node.collect(accepted.run());
    }

    private static AttemptView isWhole(Accepted accepted) {
        AttemptView attempt = moments.onlyAttempt(accepted);
        Path file =
                Path.of(Objects.requireNonNull(attempt.outputs().get("output1")).file());
        assertThat(file).content().isEqualTo(WHOLE);
        assertThat(attempt.service()).isEqualTo(Service.ROWS);
        assertThat(attempt.jobId()).isNull();
        assertThat(attempt.rowsScored()).isEqualTo(7);
        moments.isDeliveredAlone(accepted, attempt);
        return attempt;
    }

    @TestFactory
    Stream<DynamicTest> surviveTheDeathOfANodeAndRepeatOnlyTheBatchUnderWay() {
        return moments.each(
                RowCrashTests::work,
                all -> assertThat(all).containsSequence("after infer", "before put", "after put"),
                moment -> {
                    far.scored.clear();
                    isWhole(moments.outlived(moment, RowCrashTests::work));

                    assertThat(far.scored).hasSizeLessThanOrEqualTo(5).contains("a", "ccc", "eeeee", "g");
                });
    }

    @TestFactory
    Stream<DynamicTest> surviveANodeThatWasTakenForDeadAndWakesUp() {
        return moments.each(
                RowCrashTests::work,
                all -> {},
                moment -> isWhole(moments.overslept(moment, RowCrashTests::work)),
                COMMON);
    }

    @TestFactory
    Stream<DynamicTest> stopWhenTheRunIsCancelled() {
        return moments.each(
                RowCrashTests::work,
                all -> {},
                moment -> {
                    Accepted accepted = moments.accept();
                    boolean live = moments.cancelled(accepted, moment, RowCrashTests::work);

                    assertThat(moments.state(accepted)).isEqualTo(live ? State.CANCELLED : State.FINISHED);
                },
                COMMON);
    }

    @Test
    void sendABatchThatFailedAgainByItselfAndNoOther() {
        TROUBLE.add(new RemoteException.Unavailable("the server is away"));
        TROUBLE.add(new RemoteException.Throttled("too many calls", Duration.ofMillis(10)));
        Accepted accepted = moments.accept();

        assertThat(moments.inherited(accepted)).isEqualTo(State.FINISHED);
        isWhole(accepted);
        assertThat(far.scored).containsExactly("a", "ccc", "eeeee", "g");
    }

    @Test
    void failOnceWhenTheServerRefusesTheRowsOfABatch() {
        TROUBLE.add(new RemoteException.Rejected("", "no such bird"));
        Accepted accepted = accept("rows", run -> run.withAttempts(3));

        assertThat(moments.inherited(accepted)).isEqualTo(State.FAILED);
        assertThat(scoring(accepted).cause()).isEqualTo("The rows were not scored: rows 3 to 4: no such bird");
        assertThat(scoring(accepted).attempts()).hasSize(1);
    }

    private interface More extends java.util.function.UnaryOperator<RunBuilder> {}

    private static Accepted accept(String file, More more) {
        var run = more.apply(RunBuilder.aRun().withFiles(List.of(file(file))).deliveredTo("${run.id}"))
                .build();
        return new Accepted(run, moments.rows.runs().accept(run).id());
    }

    private static ScoringView scoring(Accepted accepted) {
        return moments.rows.reader().scorings(accepted.id(), 0, 1).getFirst();
    }

    @Test
    void refuseABadCellBeforeTheFirstCallWithItsLine() {
        String rows = String.join("\n", Collections.nCopies(12_000, "fine"));
        write("bad", "text\n\"two\nlines\"\n" + rows + "\nbad\nfine\n");
        Accepted accepted = accept("bad", run -> run);

        assertThat(moments.inherited(accepted)).isEqualTo(State.FAILED);
        assertThat(scoring(accepted).cause())
                .isEqualTo("The model does not score it: Line 12,004 of the input, column 'text': 'bad' is no good");
        assertThat(far.scored).isEmpty();
    }

    @Test
    void refuseColumnsThatDoNotFitBeforeTheFirstCall() {
        write("unknown", "text,unknown\na,b\n");
        Accepted accepted = accept("unknown", run -> run);

        assertThat(moments.inherited(accepted)).isEqualTo(State.FAILED);
        assertThat(scoring(accepted).cause()).contains("the model takes no column 'unknown'");
        assertThat(far.scored).isEmpty();
    }

    /** Each answer to one row is about a sixteenth of what a slice keeps in memory. */
    @Test
    void composeTheOutputOfManySlices() throws IOException {
        String large = "x".repeat(1_000_000);
        write("large", "text\n" + String.join("\n", Collections.nCopies(18, large)) + "\n");
        Accepted accepted = accept("large", run -> run);

        assertThat(moments.inherited(accepted)).isEqualTo(State.FINISHED);
        AttemptView attempt = moments.onlyAttempt(accepted);
        assertThat(attempt.rowsScored()).isEqualTo(18);
        List<String> lines = Files.readAllLines(
                Path.of(Objects.requireNonNull(attempt.outputs().get("output1")).file()));
        assertThat(lines)
                .hasSize(19)
                .startsWith("text,length")
                .endsWith(IntStream.range(0, 18)
                        .mapToObj(row -> large + ",1000000")
                        .toArray(String[]::new));
        assertThat(far.scored).hasSize(18);
    }
}
