package dev.bes.orchestrator.remote.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.budget.CallLedger.DrawRequest;
import dev.bes.orchestrator.remote.budget.CallLedger.DrawResult;
import dev.bes.orchestrator.remote.budget.CallLedger.Settled;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class CallLedgerTests {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final List<Settled> NOTHING = List.of();

    private final DatabaseFixture databaseFixture = DatabaseFixture.shared();
    private final String budget = "budget-" + UUID.randomUUID();
    private final CallLedger callLedger = ledger(new CallLimit(10, PERIOD));

    private CallLedger ledger(CallLimit... limits) {
        return new CallLedger(
                databaseFixture.jdbc(),
                new TransactionTemplate(databaseFixture.transactions()),
                budget,
                List.of(limits));
    }

    private DrawResult draw(int wanted) {
        return callLedger.draw(NOTHING, new DrawRequest(wanted, wanted, CallPriority.URGENT, WITHIN));
    }

    private DrawResult ask(int wanted) {
        return callLedger.draw(NOTHING, new DrawRequest(wanted, wanted, CallPriority.PATIENT, WITHIN));
    }

    private void letPass(Duration time) {
        databaseFixture
                .jdbc()
                .sql("UPDATE call_grant SET done_at = done_at - ? * interval '1 ms' WHERE budget = ?")
                .param(time.toMillis())
                .param(budget)
                .update();
    }

    @Test
    void grantsWhatThereIs() {
        assertThat(draw(7).calls()).isEqualTo(7);
        DrawResult rest = draw(7);
        assertThat(rest.calls()).isEqualTo(3);

        DrawResult none = draw(1);
        assertThat(none.calls()).isZero();
        assertThat(none.delay()).isBetween(PERIOD, PERIOD.plus(WITHIN).plusMillis(10));
    }

    @Test
    void grantsAgainWhenTheAnswersAreAPeriodOld() {
        draw(10);
        letPass(WITHIN.plus(PERIOD).minusSeconds(5));
        DrawResult tooSoon = draw(1);
        assertThat(tooSoon.calls()).isZero();
        assertThat(tooSoon.delay()).isLessThanOrEqualTo(Duration.ofSeconds(6));

        letPass(Duration.ofSeconds(6));
        assertThat(draw(10).calls()).isEqualTo(10);
    }

    @Test
    void countsACallOfALivingNodeFromItsAnswer() {
        DrawResult drawn = draw(10);
        callLedger.settle(List.of(new Settled(drawn.grant(), 10, Duration.ofMinutes(50))));

        assertThat(draw(1).delay()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void takesBackGrantsThatWereNotUsed() {
        DrawResult some = draw(6);
        DrawResult none = draw(4);
        List<Settled> done =
                List.of(new Settled(some.grant(), 1, Duration.ZERO), new Settled(none.grant(), 0, Duration.ZERO));

        assertThat(callLedger
                        .draw(done, new DrawRequest(10, 10, CallPriority.URGENT, WITHIN))
                        .calls())
                .isEqualTo(9);
    }

    @Test
    void keepsEveryLimit() {
        CallLedger both = ledger(new CallLimit(5, Duration.ofMinutes(1)), new CallLimit(8, PERIOD));
        assertThat(both.draw(NOTHING, new DrawRequest(10, 10, CallPriority.URGENT, WITHIN))
                        .calls())
                .isEqualTo(5);
        letPass(Duration.ofMinutes(2));
        assertThat(both.draw(NOTHING, new DrawRequest(10, 10, CallPriority.URGENT, WITHIN))
                        .calls())
                .isEqualTo(3);
        letPass(Duration.ofMinutes(2));

        DrawResult none = both.draw(NOTHING, new DrawRequest(1, 1, CallPriority.URGENT, WITHIN));
        assertThat(none.calls()).isZero();
        assertThat(none.delay()).isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    void grantsNoCallTwiceToNodesThatAskAtTheSameTime() {
        ledger(new CallLimit(100, PERIOD));
        List<Integer> granted = Parallel.all(IntStream.range(0, 20)
                .<Callable<Integer>>mapToObj(i -> () -> ledger(new CallLimit(100, PERIOD))
                        .draw(NOTHING, new DrawRequest(7, 7, CallPriority.URGENT, WITHIN))
                        .calls())
                .toList());

        assertThat(granted.stream().mapToInt(Integer::intValue).sum())
                .as("all but a little headroom")
                .isEqualTo(98);
    }

    @Test
    void letsOthersWaitWhileUrgentCallsAreTooFew() {
        DrawResult first = draw(4);
        assertThat(draw(8).calls()).as("fewer than it needs").isEqualTo(6);
        callLedger.settle(List.of(new Settled(first.grant(), 0, Duration.ZERO)));

        assertThat(ask(1).calls()).as("though there are four").isZero();
        assertThat(draw(2).calls()).isEqualTo(2);
        assertThat(ask(5).calls()).as("now that nothing urgent waits").isEqualTo(2);
    }

    @Test
    void grantsToOthersAgainWhenNobodyUrgentHasCome() {
        draw(10);
        assertThat(draw(1).calls()).isZero();
        letPass(PERIOD.plus(WITHIN));
        assertThat(ask(1).calls()).as("somebody urgent may come yet").isZero();
        databaseFixture
                .jdbc()
                .sql("UPDATE call_budget SET urgent_until = clock_timestamp() WHERE name = ?")
                .param(budget)
                .update();

        assertThat(ask(1).calls()).isEqualTo(1);
    }

    @Test
    void takesWhatIsNeededForEnoughThoughMoreWasWanted() {
        assertThat(callLedger
                        .draw(NOTHING, new DrawRequest(2, 40, CallPriority.URGENT, WITHIN))
                        .calls())
                .isEqualTo(10);
        letPass(PERIOD.plus(WITHIN));

        assertThat(ask(1).calls()).isEqualTo(1);
    }

    @Test
    void grantsNothingWhileTheGatewayHasAskedToWait() {
        draw(1);
        SharedBackoff.save(databaseFixture.jdbc(), budget, Duration.ofSeconds(57));
        SharedBackoff.save(databaseFixture.jdbc(), budget, Duration.ofSeconds(3));

        DrawResult none = draw(1);
        assertThat(none.calls()).isZero();
        assertThat(none.delay()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(57));
    }

    @Test
    void keepsWhatTheLongestLimitCountsInFewRows() {
        CallLedger both = ledger(new CallLimit(50, Duration.ofMinutes(1)), new CallLimit(100, Duration.ofDays(1)));
        for (int i = 0; i < 5; i++) {
            both.draw(NOTHING, new DrawRequest(2, 2, CallPriority.URGENT, WITHIN));
        }
        letPass(Duration.ofDays(2));
        for (int i = 0; i < 5; i++) {
            both.draw(NOTHING, new DrawRequest(3, 3, CallPriority.URGENT, WITHIN));
        }
        letPass(Duration.ofHours(1));
        both.draw(NOTHING, new DrawRequest(4, 4, CallPriority.URGENT, WITHIN));
        both.compact();

        assertThat(databaseFixture
                        .jdbc()
                        .sql("SELECT calls FROM call_grant WHERE budget = ? ORDER BY done_at DESC")
                        .param(budget)
                        .query(Integer.class)
                        .list())
                .startsWith(4)
                .hasSizeBetween(2, 3)
                .satisfies(calls -> assertThat(
                                calls.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(19));
    }
}
