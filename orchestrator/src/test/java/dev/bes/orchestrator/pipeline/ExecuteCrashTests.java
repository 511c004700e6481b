package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.Laptop;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringView.AttemptView;
import dev.bes.orchestrator.run.State;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scoring that one call answers, while something happens at each moment of the work: the call may be made in vain, once,
 * and a remote job then does what it should have done.
 */
class ExecuteCrashTests {
    @TempDir
    static Path folder;

    private static RealRemote remote;

    private final RunParts rows = Database.shared().node("observer");

    @BeforeAll
    static void reachOut() throws IOException {
        remote = new RealRemote("at-once");
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
                .withRequestResponse(1)
                .withFiles(List.of(new InputFile(folder.resolve("day.csv").toString(), "day.csv")))
                .deliveredTo("${run.id}")
                .build();
    }

    private void work(PipelineNode node, NewRun run) {
        node.launch(run);
        rows.letTimePass(run);
        node.collect(run);
    }

    private Stream<DynamicTest> atEachMoment(IntConsumer test, String... except) {
        Moments all = Moments.quiet();
        NewRun run = newRun();
        long id = rows.runs().accept(run).id();
        work(node("first", all), run);
        assertThat(rows.reader().find(id).orElseThrow().state()).isEqualTo(State.FINISHED);
        assertThat(all.passed).containsSubsequence("after stage", "before execute", "after execute", "after put");
        return IntStream.range(0, all.passed.size())
                .filter(i -> !List.of(except).contains(all.passed.get(i)))
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + all.passed.get(i), () -> test.accept(i)));
    }

    @TestFactory
    Stream<DynamicTest> survivesTheDeathOfANode() {
        return atEachMoment(moment -> {
            NewRun run = newRun();
            long id = rows.runs().accept(run).id();
            long before = journal().size();
            boolean died = false;
            try {
                work(
                        node("dying", new Moments(moment, () -> {
                            throw new Moments.Crash();
                        })),
                        run);
            } catch (Moments.Crash e) {
                died = true;
            }
            assertThat(died).isTrue();

            assertThat(node("heir", Moments.quiet()).finish(run, id).state()).isEqualTo(State.FINISHED);
            isScored(id, before);
        });
    }

    @TestFactory
    Stream<DynamicTest> survivesANodeThatWasTakenForDeadAndWakesUp() {
        return atEachMoment(
                moment -> {
                    NewRun run = newRun();
                    long id = rows.runs().accept(run).id();
                    long before = journal().size();
                    PipelineNode heir = node("heir", Moments.quiet());
                    work(node("sleeping", new Moments(moment, () -> heir.finish(run, id))), run);

                    assertThat(rows.reader().find(id).orElseThrow().state()).isEqualTo(State.FINISHED);
                    isScored(id, before);
                },
                "before commit");
    }

    @TestFactory
    Stream<DynamicTest> deliversNothingOfARunThatIsCancelled() {
        return atEachMoment(
                moment -> {
                    NewRun run = newRun();
                    long id = rows.runs().accept(run).id();
                    long before = journal().size();
                    boolean[] live = new boolean[1];
                    Moments cancelling = new Moments(
                            moment, () -> live[0] = rows.cancellation().cancel(id));
                    work(node("working", cancelling), run);

                    State end = node("heir", Moments.quiet()).finish(run, id).state();
                    assertThat(end).isEqualTo(live[0] ? State.CANCELLED : State.FINISHED);
                    assertThat(since(before, Event.SUBMIT)).isEmpty();
                    assertThat(folder.resolve("delivered/" + id).toFile().list())
                            .satisfiesAnyOf(
                                    files -> assertThat(files).isNullOrEmpty(),
                                    files -> assertThat(live[0]).isFalse());
                },
                "before commit");
    }

    /** One call at most, one job at most; what was delivered is what one of them brought. */
    private void isScored(long id, long before) {
        List<AttemptView> attempts =
                rows.reader().scorings(id, 0, 10).getFirst().attempts();
        assertThat(attempts).as("one attempt").hasSize(1);
        AttemptView attempt = attempts.getFirst();
        assertThat(since(before, Event.EXECUTE)).hasSizeLessThanOrEqualTo(1);
        assertThat(since(before, Event.START)).hasSize(attempt.jobId() == null ? 0 : 1);
        var delivered = attempt.outputs().values().iterator().next();
        assertThat(since(before, attempt.jobId() == null ? Event.EXECUTE : Event.OUTPUT))
                .extracting(e -> e.fact("sha256"))
                .containsExactly(delivered.sha256());
        assertThat(folder.resolve("delivered/" + id))
                .isDirectoryContaining(file -> file.equals(Path.of(delivered.file())))
                .isDirectoryNotContaining(file -> !file.equals(Path.of(delivered.file())));
    }

    private static List<JournalEntry> journal() {
        return Laptop.sandbox().journal().entries();
    }

    private static List<JournalEntry> since(long before, Event event) {
        return journal().stream()
                .filter(e -> e.seq() > before && e.event() == event)
                .toList();
    }
}
