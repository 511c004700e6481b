package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.pipeline.EveryPointRuns.Accepted;
import dev.bes.orchestrator.pipeline.model.RealRemote;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.move.Moves;
import dev.bes.orchestrator.run.move.RunStateRollup;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.run.shadow.ShadowSettings;
import dev.bes.orchestrator.run.shadow.ShadowView;
import dev.bes.orchestrator.run.shadow.Shadows;
import dev.bes.orchestrator.run.shadow.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** At each moment of the work on a run and on its shadow the node dies: there is one shadow, and it is compared once. */
@Tag("slow")
class ShadowCrashTests {
    private static final AtomicInteger SHADOWS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EveryPointRuns moments;
    private static RealRemote remote;
    private static final ShadowReader READER =
            new ShadowReader(DatabaseFixture.shared().jdbc());

    @BeforeAll
    static void reachOut() throws IOException {
        remote = new RealRemote("shadow-crashes", new RowsFake(new Limits(2, 1000, 1)));
        moments = new EveryPointRuns(
                remote,
                folder,
                run -> run.shadowedBy(new Shadow("shadow-crash-" + SHADOWS.incrementAndGet(), 100, 0, Map.of(), null)));
    }

    @AfterAll
    static void hangUp() {
        moments.close();
    }

    private static void work(Accepted accepted, PipelineNode node) {
        pass(accepted.run(), node);
        pass(shadowOf(accepted), node);
    }

    private static void pass(NewRun run, PipelineNode node) {
        node.launch(run);
        node.track(run);
        moments.rows.letTimePass(run);
        node.collect(run);
    }

    /** What the work on the shadow has to know of it. */
    private static NewRun shadowOf(Accepted accepted) {
        NewRun run = accepted.run();
        return NewRun.scheduled(
                run.definition().asShadow(), "none", Instant.EPOCH, ZoneOffset.UTC, Map.of(), List.of());
    }

    private static List<ShadowView> shadows(Accepted accepted) {
        return READER.list(accepted.id(), false, null, 10);
    }

    private static void isComparedOnce(Accepted accepted) {
        ShadowView begun = assertThat(shadows(accepted)).hasSize(1).first().actual();
        long itself = Objects.requireNonNull(begun.shadowRun());
        assertThat(moments.node("heir", InterceptionPoints.quiet())
                        .finish(shadowOf(accepted), itself)
                        .state())
                .isEqualTo(State.FINISHED);
        ShadowView compared = shadows(accepted).getFirst();
        assertThat(compared.verdict()).as(compared.cause()).isEqualTo(Verdict.SAME);
        assertThat(compared.outputs().getFirst().rows()).isOne();
        assertThat(moments.rows.reader().scorings(itself, 0, 10).getFirst().attempts())
                .hasSize(1)
                .allMatch(attempt -> attempt.outputs().isEmpty());
        moments.isDeliveredAlone(accepted, moments.onlyAttempt(accepted));
        assertThat(folder.resolve("delivered/" + itself)).doesNotExist();
    }

    @TestFactory
    Stream<DynamicTest> isComparedOnceWhereverANodeDies() {
        return moments.each(
                ShadowCrashTests::work,
                all -> assertThat(all).hasSizeGreaterThan(20),
                moment -> isComparedOnce(moments.outlived(moment, ShadowCrashTests::work)));
    }

    @TestFactory
    Stream<DynamicTest> isComparedOnceByANodeThatWasTakenForDeadAndWakesUp() {
        return moments.each(
                ShadowCrashTests::work,
                all -> {},
                moment -> isComparedOnce(moments.overslept(moment, ShadowCrashTests::work)),
                // a sleeper holds the locks of its transaction; the other moments are those of every run
                "before commit",
                "after commit",
                "before stage",
                "after stage",
                "before describe",
                "after describe",
                "before infer",
                "after infer",
                "before put",
                "after put");
    }

    /** The defect that the transaction prevents: shadows that begin after it. */
    @Test
    void wouldBeMissingIfItBeganAfterTheTransaction() {
        InterceptionPoints all = InterceptionPoints.quiet();
        Accepted whole = moments.accept();
        pass(whole.run(), late(all));
        assertThat(shadows(whole)).hasSize(1);
        Accepted accepted = moments.accept();
        InterceptionPoints death = new InterceptionPoints(all.passed.lastIndexOf("before commit"), () -> {
            throw new InterceptionPoints.Crash();
        });
        PipelineNode late = late(death);
        assertThatThrownBy(() -> pass(accepted.run(), late)).isInstanceOf(InterceptionPoints.Crash.class);

        assertThat(moments.inherited(accepted)).isEqualTo(State.FINISHED);
        assertThat(shadows(accepted)).isEmpty();
    }

    private static PipelineNode late(InterceptionPoints points) {
        PlannerSwitches switches = new PlannerSwitches(DatabaseFixture.shared().dataSource());
        Transactions transactions =
                new Transactions(points.around(DatabaseFixture.shared().transactions()));
        RunParts rows = DatabaseFixture.shared()
                .node("late", points.around(DatabaseFixture.shared().transactions()));
        Node node = new Node("late");
        RunJournal journal = new RunJournal(switches, node);
        ShadowAcceptance acceptance = new ShadowAcceptance(switches, new FrozenDefinitions(rows.jdbc()), journal);
        Shadows shadows = new Shadows(switches, transactions, acceptance, new ShadowSettings(10));
        Shadows none = new Shadows(switches, transactions, acceptance, new ShadowSettings(10)) {
            @Override
            public List<Judged> follow(List<Move> made) {
                return List.of();
            }
        };
        RunMeters meters = new RunMeters(new SimpleMeterRegistry());
        RunStateRollup rollup = new RunStateRollup(rows.jdbc(), journal);
        Moves late = new Moves(switches, transactions, rollup, journal, meters, none, node) {
            @Override
            public List<Claim> apply(Collection<Move> wanted, Actor by) {
                List<Claim> made = super.apply(wanted, by);
                List<Long> moved = made.stream().map(Claim::scoring).toList();
                transactions.run(() -> shadows.follow(wanted.stream()
                        .filter(move -> moved.contains(move.claim().scoring()))
                        .toList()));
                return made;
            }
        };
        RunParts parts = new RunParts(
                rows.name(),
                rows.jdbc(),
                rows.runs(),
                rows.claims(),
                late,
                rows.intents(),
                rows.cancellation(),
                rows.resumption(),
                rows.reader(),
                rows.dueTimes(),
                rows.wakeups(),
                rows.folded(),
                rows.folds());
        return new PipelineNode(
                parts, points.around(remote.endpoints()), points.around(remote.blobs()), folder.resolve("delivered"));
    }
}
