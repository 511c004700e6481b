package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.Laptop;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.ScoringView.AttemptView;
import dev.bes.orchestrator.run.State;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something happens to a node at each moment of its work, one after the other: it dies, or is taken for dead and wakes up
 * later, or its run is cancelled. Another node sees the run through, against the real remote side, whose journal tells.
 */
class CrashTests {
    private static final String CONTAINER = "crashes";

    @TempDir
    static Path folder;

    private static RealRemote remote;

    private final RunParts rows = Database.shared().node("observer");

    @BeforeAll
    static void reachOut() throws IOException {
        remote = new RealRemote(CONTAINER);
        Files.writeString(folder.resolve("day.csv"), "text\nThis is a good day\n");
    }

    @AfterAll
    static void hangUp() {
        remote.close();
    }

    private static PipelineNode node(String name, Moments moments) {
        return remote.node(name, moments, folder.resolve("delivered"));
    }

    private static NewRun newRun() {
        return RunBuilder.aRun()
                .withTemplate("Target column", "text")
                .withFiles(List.of(new InputFile(folder.resolve("day.csv").toString(), "day.csv")))
                .deliveredTo("${run.id}")
                .build();
    }

    private Trail trail(long run) {
        return Trail.of(Laptop.sandbox().journal().entries(), CONTAINER + "/out/" + run + "/");
    }

    /** Does the whole work of a run, each sweep once. */
    private void work(PipelineNode node, NewRun run, long id) {
        node.launch(run);
        await().until(() -> trail(id).jobs().stream().allMatch(job -> hasEnded(id, job)));
        rows.letTimePass(run);
        node.track(run);
        rows.letTimePass(run);
        node.collect(run);
    }

    private boolean hasEnded(long run, String job) {
        Trail trail = trail(run);
        return !trail.started().contains(job)
                || List.of("Finished", "Cancelled", "Failed").contains(trail.end(job));
    }

    private Stream<DynamicTest> atEachMoment(Consumer<Integer> test, String... except) {
        Moments all = Moments.quiet();
        NewRun run = newRun();
        long id = rows.runs().accept(run).id();
        work(node("first", all), run, id);
        isScoredOnce(id);
        assertThat(all.passed).hasSizeGreaterThanOrEqualTo(20);
        return IntStream.range(0, all.passed.size())
                .filter(i -> !List.of(except).contains(all.passed.get(i)))
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + all.passed.get(i), () -> test.accept(i)));
    }

    @TestFactory
    Stream<DynamicTest> survivesTheDeathOfANode() {
        return atEachMoment(moment -> {
            NewRun run = newRun();
            long id = rows.runs().accept(run).id();
            boolean died = false;
            try {
                work(
                        node("dying", new Moments(moment, () -> {
                            throw new Moments.Crash();
                        })),
                        run,
                        id);
            } catch (Moments.Crash e) {
                died = true;
            }
            assertThat(died).isTrue();

            assertThat(node("heir", Moments.quiet()).finish(run, id).state()).isEqualTo(State.FINISHED);
            isScoredOnce(id);
        });
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWasTakenForDeadAndWakesUp() {
        // before a commit a node holds locks that the database takes from it when it dies, not while it sleeps
        return atEachMoment(
                moment -> {
                    NewRun run = newRun();
                    long id = rows.runs().accept(run).id();
                    PipelineNode heir = node("heir", Moments.quiet());
                    work(node("sleeping", new Moments(moment, () -> heir.finish(run, id))), run, id);

                    assertThat(rows.reader().find(id).orElseThrow().state()).isEqualTo(State.FINISHED);
                    isScoredOnce(id);
                },
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWakesUpInTheMiddleOfItsHeirsWork() {
        return atEachMoment(
                moment -> {
                    NewRun run = newRun();
                    long id = rows.runs().accept(run).id();
                    PipelineNode heir = node("heir", Moments.quiet());
                    Moments nap = new Moments(moment, () -> {
                        rows.letTimePass(run);
                        heir.launch(run);
                    });
                    work(node("sleeping", nap), run, id);

                    assertThat(heir.finish(run, id).state()).isEqualTo(State.FINISHED);
                    isScoredOnce(id);
                },
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> leavesNothingAtWorkWhenTheRunIsCancelled() {
        return atEachMoment(
                moment -> {
                    NewRun run = newRun();
                    long id = rows.runs().accept(run).id();
                    boolean[] live = new boolean[1];
                    work(
                            node(
                                    "working",
                                    new Moments(
                                            moment,
                                            () -> live[0] = rows.cancellation().cancel(id))),
                            run,
                            id);

                    RunView view = node("heir", Moments.quiet()).finish(run, id);
                    assertThat(view.state()).isEqualTo(live[0] ? State.CANCELLED : State.FINISHED);
                    Trail trail = trail(id);
                    assertThat(trail.started())
                            .allMatch(job -> hasEnded(id, job))
                            .hasSizeLessThanOrEqualTo(1);
                    startsNothingAfterItsCancellation(trail);
                },
                "before commit");
    }

    private static void startsNothingAfterItsCancellation(Trail trail) {
        for (JournalEntry delete : trail.of(Event.DELETE)) {
            assertThat(trail.of(Event.START))
                    .filteredOn(e -> Objects.equals(e.job(), delete.job()))
                    .filteredOn(e -> Boolean.TRUE.equals(e.fact("accepted")))
                    .allMatch(e -> e.seq() < delete.seq());
        }
    }

    private void isScoredOnce(long id) {
        List<AttemptView> attempts =
                rows.reader().scorings(id, 0, 10).getFirst().attempts();
        Trail trail = trail(id);
        assertThat(attempts).as("one attempt").hasSize(1);
        AttemptView attempt = attempts.getFirst();
        assertThat(trail.started()).as("one start, of the job that is ours").containsExactly(attempt.jobId());
        assertThat(trail.of(Event.START).getFirst().at())
                .as("started after the id was committed")
                .isAfterOrEqualTo(Objects.requireNonNull(attempt.boundAt()).truncatedTo(ChronoUnit.MILLIS));
        assertThat(trail.of(Event.SUBMIT))
                .as("each submit was written down before")
                .allSatisfy(e -> assertThat(intents(id))
                        .anyMatch(nonce -> String.valueOf(e.fact("outputs")).contains(nonce.toString())));
        assertThat(trail.jobs()).hasSizeLessThanOrEqualTo(intents(id).size());
        isDeliveredOnce(id, attempt, trail);
    }

    private static List<UUID> intents(long run) {
        return Database.shared()
                .jdbc()
                .sql("SELECT nonce FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ?")
                .param(run)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    private static void isDeliveredOnce(long id, AttemptView attempt, Trail trail) {
        var delivered = attempt.outputs().values().iterator().next();
        assertThat(trail.of(Event.OUTPUT)).extracting(e -> e.fact("sha256")).containsExactly(delivered.sha256());
        assertThat(folder.resolve("delivered/" + id))
                .isDirectoryContaining(file -> file.equals(Path.of(delivered.file())))
                .isDirectoryNotContaining(file -> !file.equals(Path.of(delivered.file())));
    }
}
