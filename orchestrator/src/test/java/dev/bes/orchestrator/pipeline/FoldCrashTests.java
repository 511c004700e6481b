package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.fold.FoldMembers.Staged;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three files share one job. At each moment of the work the node dies, sleeps, or has a run cancelled: each file is delivered with its
 * own rows, and no job but theirs is at work.
 */
@Tag("slow")
class FoldCrashTests {
    private static final BatchEndpointSettings MANY_CALLS =
            BatchEndpointSettings.DEFAULT.withArmLimits(new ArmLimits(100_000, 1_000, 100_000, 1_000));

    @TempDir
    static Path folder;

    private static FoldFixture fixture;
    private static List<InputFile> files;
    private static List<String> alone;

    @BeforeAll
    static void reachOut() {
        TestEnvironment.sandbox().batchEndpoints(MANY_CALLS);
        fixture = new FoldFixture("fold-crashes", folder, "named", "numbered-lines");
        files = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> fixture.file("c" + i + ".csv", i))
                .toList();
        try (FoldFixture plain = new FoldFixture("fold-crashes", folder, "named", "lines")) {
            NewRun run = plain.acceptOneByOne(files);
            plain.finish(run);
            alone = plain.delivered(run);
        }
    }

    @AfterAll
    static void hangUp() {
        fixture.close();
        TestEnvironment.sandbox().batchEndpoints(BatchEndpointSettings.DEFAULT);
    }

    private static NewRun accept() {
        return fixture.accept(files, FoldFixture.fold(500));
    }

    /** Each third moment is enough where the death of a node is tried at all of them. */
    private static Stream<DynamicTest> atSomeMoments(IntConsumer test) {
        List<DynamicTest> all =
                atEachMoment(test, "before commit", "before stage").toList();
        return IntStream.range(0, all.size()).filter(i -> i % 3 != 2).mapToObj(all::get);
    }

    private static Stream<DynamicTest> atEachMoment(IntConsumer test, String... except) {
        InterceptionPoints all = InterceptionPoints.quiet();
        NewRun run = accept();
        fixture.work(run, fixture.node("first", all));
        areDeliveredOnce(run);
        assertThat(all.passed).hasSizeGreaterThanOrEqualTo(20);
        return IntStream.range(0, all.passed.size())
                .filter(i -> !List.of(except).contains(all.passed.get(i)))
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + all.passed.get(i), () -> test.accept(i)));
    }

    /** By one job, each with its own rows. */
    private static void areDeliveredOnce(NewRun run) {
        List<ScoringView> scorings = fixture.scorings(fixture.id(run));
        assertThat(scorings)
                .as(scorings::toString)
                .allSatisfy(scoring -> assertThat(scoring.state()).isEqualTo(State.FINISHED))
                .allSatisfy(scoring -> assertThat(scoring.attempts()).hasSize(1));
        assertThat(fixture.delivered(run)).isEqualTo(alone);
        assertThat(fixture.carriers(run)).singleElement().satisfies(carrier -> {
            assertThat(fixture.jobs(carrier).jobs()).hasSize(1);
            assertThat(fixture.rows.reader().find(carrier).orElseThrow().state())
                    .isEqualTo(State.FINISHED);
        });
    }

    @Test
    void areCaughtWithRowsOfAnotherFile() {
        isCaught(members -> List.of(
                new Staged(members.get(0).scoring(), 1, "c1.csv", true),
                new Staged(members.get(2).scoring(), 2, "c2.csv", true),
                new Staged(members.get(1).scoring(), 3, "c3.csv", true)));
    }

    @Test
    void areCaughtWithRowsThatAreLeftOut() {
        isCaught(members -> List.of(
                members.get(0), members.get(1), new Staged(members.get(2).scoring(), 2, "c3.csv", true)));
    }

    private static void isCaught(UnaryOperator<List<Staged>> defect) {
        NewRun run = accept();
        fixture.work(run, fixture.broken(defect));
        fixture.finish(run);
        assertThatThrownBy(() -> areDeliveredOnce(run)).isInstanceOf(AssertionError.class);
    }

    @TestFactory
    Stream<DynamicTest> surviveTheDeathOfANode() {
        return atEachMoment(moment -> {
            NewRun run = accept();
            InterceptionPoints death = new InterceptionPoints(moment, () -> {
                throw new InterceptionPoints.Crash();
            });
            assertThatThrownBy(() -> fixture.work(run, fixture.node("dying", death)))
                    .isInstanceOf(InterceptionPoints.Crash.class);
            fixture.finish(run);
            areDeliveredOnce(run);
        });
    }

    @TestFactory
    Stream<DynamicTest> surviveANodeThatWasTakenForDeadAndWakesUp() {
        return atSomeMoments(moment -> {
            NewRun run = accept();
            fixture.work(run, fixture.node("sleeping", new InterceptionPoints(moment, () -> fixture.finish(run))));
            areDeliveredOnce(run);
        });
    }

    @TestFactory
    Stream<DynamicTest> leaveNothingAtWorkWhenTheRunIsCancelled() {
        return atSomeMoments(moment -> {
            NewRun run = accept();
            boolean[] live = new boolean[1];
            InterceptionPoints cancelling = new InterceptionPoints(
                    moment, () -> live[0] = fixture.rows.cancellation().cancel(fixture.id(run), Actor.user("ada")));
            fixture.work(run, fixture.node("working", cancelling));
            fixture.finish(run);
            assertThat(fixture.rows.reader().find(fixture.id(run)).orElseThrow().state())
                    .isEqualTo(live[0] ? State.CANCELLED : State.FINISHED);
            for (long carrier : fixture.carriers(run)) {
                fixture.finish(run, carrier);
                assertThat(fixture.jobs(carrier).jobs()).hasSizeLessThanOrEqualTo(1);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tryAgainWhenTheCarrierIsCancelled() {
        return atSomeMoments(moment -> {
            NewRun run = fixture.accept(files, FoldFixture.fold(500), its -> its.withAttempts(2));
            InterceptionPoints cancelling = new InterceptionPoints(
                    moment,
                    () -> fixture.carriers(run)
                            .forEach(carrier -> fixture.rows.cancellation().cancel(carrier, Actor.user("ada"))));
            fixture.work(run, fixture.node("working", cancelling));
            fixture.finish(run);
            assertThat(fixture.delivered(run)).isEqualTo(alone);
            assertThat(fixture.carriers(run))
                    .allSatisfy(carrier ->
                            assertThat(fixture.jobs(carrier).of(Event.SUBMIT)).hasSizeLessThanOrEqualTo(1));
        });
    }
}
