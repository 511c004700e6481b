package dev.bes.orchestrator.run.shadow;

import static dev.bes.orchestrator.run.DatabaseFixture.MOST_SHADOWS;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputSource.OwnBlob;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.move.Moves;
import dev.bes.orchestrator.run.move.RunStateRollup;
import dev.bes.orchestrator.run.query.RunView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Shadows begin and end with the moves of scorings, and never stand in their way. */
class ShadowsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final AtomicInteger ENDPOINTS = new AtomicInteger();

    private final RunParts node = DATABASE.node("s");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);
    private final ShadowReader reader = new ShadowReader(DATABASE.jdbc());
    private final String other = "shadow-" + ENDPOINTS.incrementAndGet();

    private RunBuilder shadowed(double share) {
        return aRun().withTemplate("run", "${run.id}")
                .calling("https://hooks.example.com")
                .ofPartition("p")
                .takingTurnsBy("${run.id}")
                .shadowedBy(new Definition.Shadow(other, share, 0.001, Map.of(), null));
    }

    private List<Claim> delivered(NewRun run) {
        return scoringSetup.all(ScoringSetup.live(Step.DELIVERED), run);
    }

    private ShadowView of(Claim claim) {
        return reader.list(claim.run(), false, null, 100).stream()
                .filter(shadow -> shadow.position() == claim.position())
                .findFirst()
                .orElseThrow();
    }

    private RunView run(ShadowView shadow) {
        return node.reader().find(Objects.requireNonNull(shadow.shadowRun())).orElseThrow();
    }

    /** The shadow as a node has it that is about to accept its output. */
    private Claim scored() {
        Claim claim =
                node.claims().claim(Sweep.LAUNCH, other, 10, 1, RunParts.LEASE).getFirst();
        claim = moved(Move.staged(claim, ScoringSetup.STAGED, 3, RunParts.LEASE));
        claim = moved(ScoringSetup.submitted(claim, node.intents().open(List.of(claim))));
        moved(Move.started(claim, Duration.ZERO));
        claim = node.claims().claim(Sweep.TRACK, other, 10, 1, RunParts.LEASE).getFirst();
        moved(Move.scored(claim, "Finished"));
        return node.claims().claim(Sweep.COLLECT, other, 10, 1, RunParts.LEASE).getFirst();
    }

    private Claim moved(Move move) {
        return node.moves().apply(List.of(move)).getFirst();
    }

    @Test
    void beginsWithTheAcceptedOutputAsARunOfItsOwn() {
        NewRun run = shadowed(100).build();
        Claim main = delivered(run).getFirst();

        ShadowView shadow = of(main);
        assertThat(shadow.verdict()).isNull();
        assertThat(shadow.endpoint()).isEqualTo(other);
        RunView itself = run(shadow);
        assertThat(itself.trigger()).isEqualTo("shadow");
        assertThat(itself.definition()).isEqualTo(run.definition().name());
        assertThat(itself.occurrence()).isEqualTo("shadow:" + main.scoring());
        assertThat(itself.scorings()).isOne();
        Claim claim =
                node.claims().claim(Sweep.LAUNCH, other, 10, 10, RunParts.LEASE).getFirst();
        assertThat(claim.inputs()).isEqualTo(Map.of("input1", new OwnBlob("in/a.csv", "\"e1\"", "1.csv")));
        assertThat(claim.parameters()).isEqualTo(Map.of("run", Long.toString(main.run())));
        assertThat(claim.definition().isShadow()).isTrue();
        assertThat(node.row(claim)).containsEntry("priority", 1).containsEntry("pool", "");
        assertThat(DATABASE.jdbc()
                        .sql(
                                "SELECT callbacks IS NULL AND partition IS NULL AND forecast IS NULL FROM run WHERE id = ?")
                        .param(itself.id())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(reader.ofShadow(itself.id())).contains(shadow);
    }

    @Test
    void beginsOnceAlsoIfTheMoveIsTriedAgainByANodeThatWasTakenForDead() {
        NewRun run = shadowed(100).build();
        Claim stale = scoringSetup.one(Step.SCORED, run);
        node.letTimePass(run);
        Claim fresh = DATABASE.node("other").claim(Sweep.COLLECT, run).getFirst();
        node.moves().apply(List.of(Move.delivered(stale, ScoringSetup.DELIVERED)));
        assertThat(reader.list(stale.run(), false, null, 10)).isEmpty();

        Move accepted = Move.delivered(fresh, ScoringSetup.DELIVERED);
        node.moves().apply(List.of(accepted));
        node.moves().apply(List.of(accepted));

        assertThat(reader.list(stale.run(), false, null, 10)).hasSize(1);
        assertThat(node.claims().claim(Sweep.LAUNCH, other, 10, 10, RunParts.LEASE))
                .hasSize(1);
    }

    @Test
    void beginsForNoScoringThatFailsNorForOneOutsideOfTheShare() {
        Claim failed = scoringSetup.one(
                new ScoringState(Step.SCORED, State.FAILED), shadowed(100).build());
        Claim outside = delivered(shadowed(0.0001).build()).getFirst();

        assertThat(reader.list(failed.run(), false, null, 10)).isEmpty();
        assertThat(reader.list(outside.run(), false, null, 10)).isEmpty();
    }

    @Test
    void hasTheVerdictOfTheComparisonWhenItEnds() {
        Claim main = delivered(shadowed(100).build()).getFirst();
        Claim shadow = scored();
        ShadowOutputs outputs = new StoredShadowOutputs(DATABASE.jdbc());
        assertThat(outputs.deliveredOf(shadow.run()))
                .contains(new ShadowOutputs.Delivered(main.run(), 1, ScoringSetup.DELIVERED, null));
        Comparison found = new Comparison(
                Verdict.DIFFERS,
                null,
                List.of(new Comparison.OutputDifference(
                        "output1",
                        3,
                        3,
                        1,
                        List.of(),
                        List.of(),
                        List.of(new Comparison.ColumnDifference("P", 0, 3, 1, 0.2, 0.1)),
                        List.of(new Comparison.DifferentValue(2, "P", "0.3", "0.1")))));
        outputs.keep(shadow.run(), found);
        assertThat(of(main).outputs()).isEmpty();
        moved(Move.delivered(shadow, Map.of()));

        assertThat(of(main).verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(of(main).outputs()).isEqualTo(found.outputs());
        outputs.keep(shadow.run(), Comparison.impossible("too late"));
        assertThat(of(main).outputs()).isEqualTo(found.outputs());
        ShadowSummary summary = reader.summary(main.definition().name(), 10).orElseThrow();
        assertThat(summary.compared()).isOne();
        assertThat(summary.endpoint()).isEqualTo(other);
        assertThat(summary.columns()).containsExactly(new ShadowSummary.Column("output1", "P", 0, 3, 1, 0.2, 0.1));
    }

    @Test
    void failsWhereAnotherScoringWouldNeedAttention() {
        Claim main = delivered(shadowed(100).build()).getFirst();
        Claim shadow = scored();
        moved(Move.needsAttention(shadow, Attention.FORGOTTEN, "the far side forgot it"));

        assertThat(node.position(shadow).state()).isEqualTo(State.FAILED);
        assertThat(of(main).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(of(main).cause()).isEqualTo("the far side forgot it");
        assertThat(node.run(main).state()).isEqualTo(State.FINISHED);
        assertThat(node.runHistory(main.run())).hasSize(3);
    }

    @Test
    void isSkippedWhileTooManyAreUnfinished() {
        NewRun run = shadowed(100).withScorings(MOST_SHADOWS + 2).build();
        long id = delivered(run).getFirst().run();

        List<ShadowView> all = reader.list(id, false, null, 10);
        assertThat(all).filteredOn(shadow -> shadow.verdict() == null).hasSize(MOST_SHADOWS);
        assertThat(all)
                .filteredOn(shadow -> shadow.verdict() == Verdict.SKIPPED)
                .hasSize(2)
                .allSatisfy(
                        shadow -> assertThat(shadow.cause())
                                .isEqualTo(
                                        "3 shadows of the definition were unfinished, the limit of orchestrator.shadow.max-waiting"));
        assertThat(node.claims().claim(Sweep.LAUNCH, other, 100, 10, RunParts.LEASE))
                .hasSize(MOST_SHADOWS);
    }

    @Test
    void isSkippedIfItsInputWasStagedByAnEarlierVersion() {
        NewRun run = shadowed(100).build();
        Claim claim = scoringSetup.one(Step.SCORED, run);
        DATABASE.jdbc()
                .sql("UPDATE attempt SET staged = ?::json WHERE scoring_id = ?")
                .params(
                        "{\"input1\": {\"blob\": \"in/a.csv\", \"rows\": 3, \"bytes\": 30, \"sha256\": \"5ea1\"}}",
                        claim.scoring())
                .update();
        node.letTimePass(run);
        Claim again = DATABASE.node("other").claim(Sweep.COLLECT, run).getFirst();
        assertThat(again.known().staged()).containsValue(new StagedInput("in/a.csv", 3, 30, "5ea1"));
        moved(Move.delivered(again, ScoringSetup.DELIVERED));

        assertThat(of(claim).verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void keepsTheRunFromBeingPurgedUntilItHasEnded() {
        Claim main = delivered(shadowed(100).build()).getFirst();
        Claim shadow = scored();
        DATABASE.jdbc()
                .sql("UPDATE run SET ended_at = ended_at - interval '1 day' WHERE id = ?")
                .param(main.run())
                .update();
        RunPurge purge = new RunPurge(DATABASE.jdbc(), new Transactions(DATABASE.transactions()));
        DATABASE.jdbc()
                .sql("UPDATE callback SET state = 'delivered' WHERE run_id = ?")
                .param(main.run())
                .update();
        purge.purge(Duration.ofHours(23), 100);
        assertThat(node.reader().find(main.run())).isPresent();

        moved(Move.failed(shadow, "it broke", null));
        purge.purge(Duration.ofHours(23), 100);
        assertThat(node.reader().find(main.run())).isEmpty();
        assertThat(reader.ofShadow(shadow.run())).isEmpty();
        assertThat(node.reader().find(shadow.run())).isPresent();
    }

    @Test
    void neverFailsTheRunThatItBelongsTo() {
        NewRun run = shadowed(100).build();
        Claim main = scoringSetup.one(Step.SCORED, run);
        broken().apply(List.of(Move.delivered(main, ScoringSetup.DELIVERED)));

        assertThat(node.run(main).state()).isEqualTo(State.FINISHED);
        assertThat(reader.list(main.run(), false, null, 10)).isEmpty();
    }

    /** The moves of a node whose shadows break in the middle of a transaction. */
    private static Moves broken() {
        PlannerSwitches switches = new PlannerSwitches(DATABASE.dataSource());
        Transactions transactions = new Transactions(DATABASE.transactions());
        Node node = new Node("s");
        RunJournal journal = new RunJournal(switches, node);
        ShadowAcceptance breaks = new ShadowAcceptance(switches, new FrozenDefinitions(DATABASE.jdbc()), journal) {
            @Override
            public Map<Long, Long> accept(List<ShadowAcceptance.Shadow> shadows) {
                DATABASE.jdbc().sql("SELECT 1 / 0").query(Long.class).single();
                return Map.of();
            }
        };
        return new Moves(
                switches,
                transactions,
                new RunStateRollup(DATABASE.jdbc(), journal),
                journal,
                new RunMeters(new SimpleMeterRegistry()),
                new Shadows(switches, transactions, breaks, new ShadowSettings(10)),
                node);
    }
}
