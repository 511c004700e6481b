package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Work;
import dev.bes.orchestrator.pipeline.model.RemoteJournal;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something happens to a node at each moment of its work, one after the other: it dies, or is taken for dead and wakes up
 * later, or its run is cancelled. Another node sees the run through, against the real remote side, whose journal tells.
 */
@Tag("slow")
class CrashTests {
    private static final String CONTAINER = "crashes";

    @TempDir
    static Path folder;

    private static EveryPointRuns moments;

    @BeforeAll
    static void reachOut() throws IOException {
        moments = new EveryPointRuns(CONTAINER, folder, run -> run);
    }

    @AfterAll
    static void hangUp() {
        moments.close();
    }

    private static RemoteJournal trail(Accepted accepted) {
        return RemoteJournal.of(
                TestEnvironment.sandbox().journal().entries(), CONTAINER + "/out/" + accepted.id() + "/");
    }

    /** Does the whole work of a run, each sweep once. */
    private static void work(Accepted accepted, PipelineNode node) {
        node.launch(accepted.run());
        await().until(() -> trail(accepted).jobs().stream().allMatch(job -> hasEnded(accepted, job)));
        moments.rows.letTimePass(accepted.run());
        node.track(accepted.run());
        moments.rows.letTimePass(accepted.run());
        node.collect(accepted.run());
    }

    /** The same, by a node that collects at once what it sees finished. */
    private static void workWithRoom(Accepted accepted, PipelineNode node) {
        work(accepted, node.withRoom());
    }

    private static boolean hasEnded(Accepted accepted, String job) {
        RemoteJournal remoteJournal = trail(accepted);
        return !remoteJournal.started().contains(job)
                || List.of("Finished", "Cancelled", "Failed").contains(remoteJournal.end(job));
    }

    private static Stream<DynamicTest> atEachMoment(IntConsumer test, String... except) {
        return atEachMoment(CrashTests::work, test, except);
    }

    private static Stream<DynamicTest> atEachMoment(Work work, IntConsumer test, String... except) {
        return moments.each(work, all -> assertThat(all).hasSizeGreaterThanOrEqualTo(20), test, except);
    }

    @TestFactory
    Stream<DynamicTest> survivesTheDeathOfANode() {
        return atEachMoment(moment -> isScoredOnce(moments.outlived(moment, CrashTests::work)));
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWasTakenForDeadAndWakesUp() {
        // before a commit a node holds locks that the database takes from it when it dies, not while it sleeps
        return atEachMoment(moment -> isScoredOnce(moments.overslept(moment, CrashTests::work)), "before commit");
    }

    @TestFactory
    Stream<DynamicTest> survivesTheDeathOfANodeThatCollectsAtOnce() {
        return atEachMoment(
                CrashTests::workWithRoom, moment -> isScoredOnce(moments.outlived(moment, CrashTests::workWithRoom)));
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatCollectsAtOnceAndWasTakenForDead() {
        return atEachMoment(
                CrashTests::workWithRoom,
                moment -> isScoredOnce(moments.overslept(moment, CrashTests::workWithRoom)),
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWakesUpInTheMiddleOfItsHeirsWork() {
        return atEachMoment(
                moment -> {
                    Accepted accepted = moments.accept();
                    PipelineNode heir = moments.node("heir", InterceptionPoints.quiet());
                    InterceptionPoints nap = new InterceptionPoints(moment, () -> {
                        moments.rows.letTimePass(accepted.run());
                        heir.launch(accepted.run());
                    });
                    work(accepted, moments.node("sleeping", nap));

                    assertThat(moments.inherited(accepted)).isEqualTo(State.FINISHED);
                    isScoredOnce(accepted);
                },
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> leavesNothingAtWorkWhenTheRunIsCancelled() {
        return atEachMoment(
                moment -> {
                    Accepted accepted = moments.accept();
                    moments.cancelled(accepted, moment, CrashTests::work);

                    RemoteJournal remoteJournal = trail(accepted);
                    assertThat(remoteJournal.started())
                            .allMatch(job -> hasEnded(accepted, job))
                            .hasSizeLessThanOrEqualTo(1);
                    startsNothingAfterItsCancellation(remoteJournal);
                },
                "before commit");
    }

    private static void startsNothingAfterItsCancellation(RemoteJournal remoteJournal) {
        for (JournalEntry delete : remoteJournal.of(Event.DELETE)) {
            assertThat(remoteJournal.of(Event.START))
                    .filteredOn(e -> Objects.equals(e.job(), delete.job()))
                    .filteredOn(e -> Boolean.TRUE.equals(e.fact("accepted")))
                    .allMatch(e -> e.seq() < delete.seq());
        }
    }

    private static void isScoredOnce(Accepted accepted) {
        AttemptView attempt = moments.onlyAttempt(accepted);
        RemoteJournal remoteJournal = trail(accepted);
        assertThat(remoteJournal.started())
                .as("one start, of the job that is ours")
                .containsExactly(attempt.jobId());
        assertThat(remoteJournal.of(Event.START).getFirst().at())
                .as("started after the id was committed")
                .isAfterOrEqualTo(Objects.requireNonNull(attempt.submittedAt()).truncatedTo(ChronoUnit.MILLIS));
        List<UUID> intents = intents(accepted.id());
        assertThat(remoteJournal.of(Event.SUBMIT))
                .as("each submit was written down before")
                .allSatisfy(e -> assertThat(intents)
                        .anyMatch(nonce -> String.valueOf(e.fact("outputs")).contains(nonce.toString())));
        assertThat(remoteJournal.jobs()).hasSizeLessThanOrEqualTo(intents.size());
        assertThat(remoteJournal.of(Event.OUTPUT))
                .extracting(e -> e.fact("sha256"))
                .containsExactly(attempt.outputs().values().iterator().next().sha256());
        moments.isDeliveredAlone(accepted, attempt);
    }

    private static List<UUID> intents(long run) {
        return DatabaseFixture.shared()
                .jdbc()
                .sql("SELECT nonce FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ?")
                .param(run)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }
}
