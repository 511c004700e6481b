package dev.bes.orchestrator.run.journal;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.query.JournalFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Who caused what, and how the journal of all runs is followed. */
class RunJournalTests {
    // nobody else may write to it
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(8);
    private static final Actor ADA = Actor.user("ada");

    private final RunParts node = DATABASE.node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    @Test
    void saysWhoAskedAndWhichNodeDidTheRest() {
        Claim claim = scoringSetup.one(Step.DELIVERED, aRun().build());

        List<HistoryEntry> history = node.reader().history(claim.run(), 100);
        assertThat(history).extracting(HistoryEntry::id).isSorted().doesNotHaveDuplicates();
        assertThat(history.getFirst().actor()).isEqualTo(Actor.request("ada"));
        assertThat(history.getFirst().cause()).isEqualTo("accepted");
        assertThat(history.subList(1, history.size()))
                .hasSizeGreaterThan(5)
                .extracting(HistoryEntry::actor)
                .containsOnly(Actor.node("a"));
    }

    @Test
    void saysWhoCancelledAndWhoResumed() {
        Claim cancelled = scoringSetup.one(Step.STAGED, aRun().build());
        node.cancellation().cancel(cancelled.run(), ADA);
        Claim parked = scoringSetup.one(Step.STARTED, aRun().build());
        node.moves().apply(List.of(Move.needsAttention(parked, Attention.FORGOTTEN, "nobody knows it")));
        node.resumption().resume(parked.run(), parked.position(), ADA);

        assertThat(node.history(cancelled).getLast().actor()).isEqualTo(ADA);
        assertThat(node.runHistory(cancelled.run()).getLast())
                .satisfies(end -> assertThat(end.to()).isEqualTo(State.CANCELLED))
                .satisfies(end -> assertThat(end.actor()).as("the run follows").isEqualTo(ADA));
        assertThat(node.history(parked))
                .extracting(HistoryEntry::actor)
                .endsWith(Actor.node("a"), ADA)
                .containsOnlyOnce(ADA);
    }

    @Test
    void takesWhatANodeOfAnOlderVersionWritesForThatNodesOwn() {
        Claim claim = scoringSetup.one(Step.PLANNED, aRun().build());
        DATABASE.jdbc().sql("""
                INSERT INTO history (run_id, seq, from_state, to_state, node)
                VALUES (?, 2, 'NotStarted', 'Running', 'older')""").param(claim.run()).update();

        HistoryEntry entry = node.runHistory(claim.run()).getLast();
        assertThat(entry.actor()).isEqualTo(Actor.node("older"));
        assertThat(entry.id()).isPositive();
    }

    @Test
    void leavesNothingOutThatBecomesVisibleLater() {
        JournalFollower follower = new JournalFollower(DATABASE.jdbc(), newest());
        long early = node.runs().accept(aRun().build()).id();
        assertThat(runs(follower)).containsExactly(early);
        List<Long> ids = new ArrayList<>();

        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            ids.add(node.runs().accept(aRun().build()).id());
            ids.add(meanwhile(() -> node.runs().accept(aRun().build()).id()));
            assertThat(meanwhile(RunJournalTests::newest))
                    .as("the later one is visible, the earlier one is not")
                    .isGreaterThan(follower.position());
            assertThat(meanwhile(() -> runs(follower))).isEmpty();
            assertThat(meanwhile(() -> runs(follower))).isEmpty();
        });

        assertThat(runs(follower)).containsExactlyElementsOf(ids);
        assertThat(runs(follower)).isEmpty();
        assertThat(runs(new JournalFollower(DATABASE.jdbc(), follower.position())))
                .as("nothing twice")
                .isEmpty();
    }

    @Test
    void waitsOnlyForThoseWhoWroteAtThatTime() {
        JournalFollower follower = new JournalFollower(DATABASE.jdbc(), newest());
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            node.runs().accept(aRun().build());
            assertThat(meanwhile(() -> runs(follower))).isEmpty();
            status.setRollbackOnly();
        });
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            long later = node.runs().accept(aRun().build()).id();
            assertThat(meanwhile(() -> runs(follower)))
                    .as("what was rolled back is a gap, what came later is not waited for")
                    .isEmpty();
            assertThat(meanwhile(() -> runs(follower))).doesNotContain(later);
        });
        assertThat(runs(follower)).hasSize(1);
    }

    @Test
    void isFollowedInOrderWhileManyWrite() {
        JournalFollower follower = new JournalFollower(DATABASE.jdbc(), newest());
        long before = follower.position();
        List<Long> followed = new ArrayList<>();
        CompletableFuture<?> writing = CompletableFuture.runAsync(() -> Parallel.all(IntStream.range(0, 5)
                .<Callable<List<Claim>>>mapToObj(i -> () -> {
                    ScoringSetup writer = new ScoringSetup(DATABASE.node("writer-" + i));
                    return IntStream.range(0, 8)
                            .mapToObj(n -> writer.one(
                                    Step.DELIVERED, aRun().withScorings(3).build()))
                            .toList();
                })
                .toList()));

        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    boolean over = writing.isDone();
                    List<JournalFollower.Entry> some = follower.next(20);
                    some.forEach(entry -> followed.add(entry.move().id()));
                    return over && some.isEmpty() && follower.position() >= newest();
                });

        assertThat(followed)
                .hasSizeGreaterThan(500)
                .containsExactlyElementsOf(DATABASE.jdbc()
                        .sql("SELECT id FROM history WHERE id > ? ORDER BY id")
                        .param(before)
                        .query(Long.class)
                        .list());
    }

    private static long newest() {
        return DATABASE.jdbc()
                .sql("SELECT coalesce(max(id), 0) FROM history")
                .query(Long.class)
                .single();
    }

    private static List<Long> runs(JournalFollower follower) {
        return follower.next(100).stream()
                .filter(entry -> entry.move().seq() == 1)
                .map(JournalFollower.Entry::run)
                .toList();
    }

    /** Over another connection. */
    private static <T> T meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }
}
