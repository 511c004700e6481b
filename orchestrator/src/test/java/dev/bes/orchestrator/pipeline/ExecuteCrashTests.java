package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scoring that one call answers, while something happens at each moment of the work: the call may be made in vain, once,
 * and a remote job then does what it should have done.
 */
@Tag("slow")
class ExecuteCrashTests {
    @TempDir
    static Path folder;

    private static EveryPointRuns moments;

    @BeforeAll
    static void reachOut() throws IOException {
        moments = new EveryPointRuns("at-once", folder, run -> run.withRequestResponse(1));
    }

    @AfterAll
    static void hangUp() {
        moments.close();
    }

    private static void work(Accepted accepted, PipelineNode node) {
        node.launch(accepted.run());
        moments.rows.letTimePass(accepted.run());
        node.collect(accepted.run());
    }

    private static Stream<DynamicTest> atEachMoment(IntConsumer test, String... except) {
        return moments.each(
                ExecuteCrashTests::work,
                all -> assertThat(all)
                        .containsSubsequence("after stage", "before execute", "after execute", "after put"),
                test,
                except);
    }

    @TestFactory
    Stream<DynamicTest> survivesTheDeathOfANode() {
        return atEachMoment(moment -> {
            long before = journal().size();
            isScored(moments.outlived(moment, ExecuteCrashTests::work), before);
        });
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWasTakenForDeadAndWakesUp() {
        return atEachMoment(
                moment -> {
                    long before = journal().size();
                    isScored(moments.overslept(moment, ExecuteCrashTests::work), before);
                },
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> deliversNothingOfARunThatIsCancelled() {
        return atEachMoment(
                moment -> {
                    long before = journal().size();
                    Accepted accepted = moments.accept();
                    boolean live = moments.cancelled(accepted, moment, ExecuteCrashTests::work);

                    assertThat(since(before, Event.SUBMIT)).isEmpty();
                    if (live) {
                        assertThat(moments.delivered(accepted).toFile().list()).isNullOrEmpty();
                    }
                },
                "before commit");
    }

    /** One call at most, one job at most; what was delivered is what one of them brought. */
    private static void isScored(Accepted accepted, long before) {
        AttemptView attempt = moments.onlyAttempt(accepted);
        assertThat(since(before, Event.EXECUTE)).hasSizeLessThanOrEqualTo(1);
        assertThat(since(before, Event.START)).hasSize(attempt.jobId() == null ? 0 : 1);
        assertThat(since(before, attempt.jobId() == null ? Event.EXECUTE : Event.OUTPUT))
                .extracting(e -> e.fact("sha256"))
                .containsExactly(attempt.outputs().values().iterator().next().sha256());
        moments.isDeliveredAlone(accepted, attempt);
    }

    private static List<JournalEntry> journal() {
        return TestEnvironment.sandbox().journal().entries();
    }

    private static List<JournalEntry> since(long before, Event event) {
        return journal().stream()
                .filter(e -> e.seq() > before && e.event() == event)
                .toList();
    }
}
