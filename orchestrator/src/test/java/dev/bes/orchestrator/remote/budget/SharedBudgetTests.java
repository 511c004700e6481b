package dev.bes.orchestrator.remote.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.CallBudget.Permit;
import dev.bes.orchestrator.remote.budget.SharedBudget.DrawLimits;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class SharedBudgetTests {
    private static final Duration VALID = Duration.ofSeconds(2);

    private final DatabaseFixture databaseFixture = DatabaseFixture.shared();
    private final String name = "budget-" + UUID.randomUUID();
    private final AtomicLong nanos = new AtomicLong();

    private SharedBudget node(int calls, int most) {
        CallLedger callLedger = new CallLedger(
                databaseFixture.jdbc(),
                new TransactionTemplate(databaseFixture.transactions()),
                name,
                List.of(new CallLimit(calls, Duration.ofHours(1))));
        SharedBackoff sharedBackoff =
                new SharedBackoff(databaseFixture.jdbc(), name, () -> Instant.EPOCH.plusNanos(nanos.get()));
        return new SharedBudget(
                name, sharedBackoff, callLedger, new DrawLimits(most, VALID, Duration.ofSeconds(30)), nanos::get);
    }

    private int granted(String what) {
        return databaseFixture
                .jdbc()
                .sql("SELECT coalesce(" + what + ", 0) FROM call_grant WHERE budget = ?")
                .param(name)
                .query(Integer.class)
                .single();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void drawsOnceForManyCallers() {
        SharedBudget node = node(1000, 100);
        List<Permit> permits = Parallel.all(IntStream.range(0, 200)
                .<Callable<Permit>>mapToObj(i -> () -> node.acquire(CallPriority.URGENT))
                .toList());

        assertThat(permits).hasSize(200);
        assertThat(granted("count(*)")).isLessThan(60);
        assertThat(granted("sum(calls)")).isBetween(200, 300);
    }

    @Test
    void bringsBackWhatItDoesNotUse() {
        SharedBudget node = node(40, 4);
        node.acquire(CallPriority.URGENT).answered();
        assertThat(granted("sum(calls)")).isEqualTo(4);
        node.settle();
        assertThat(granted("sum(calls)")).as("there may be more callers").isEqualTo(4);

        pass(VALID);
        node.settle();
        assertThat(granted("sum(calls)")).isEqualTo(1);
    }

    @Test
    void countsNoCallThatWasNotMade() {
        SharedBudget node = node(40, 1);
        node.acquire(CallPriority.URGENT).release();
        pass(VALID);
        node.settle();

        assertThat(granted("sum(calls)")).isZero();
    }

    @Test
    void holdsACallForAsLongAsItHasNoAnswer() {
        SharedBudget node = node(40, 1);
        Permit permit = node.acquire(CallPriority.URGENT);
        pass(Duration.ofSeconds(20));
        node.settle();
        assertThat(inTheFuture()).as("it may be counted by the gateway yet").isEqualTo(1);

        permit.answered();
        node.settle();
        assertThat(inTheFuture()).isZero();
    }

    private int inTheFuture() {
        return granted("count(*) FILTER (WHERE done_at > clock_timestamp())");
    }

    @Test
    void saysWhenThereIsNoCallLeftAndAsksNobodyUntilThereMayBe() {
        SharedBudget node = node(3, 1);
        for (int i = 0; i < 3; i++) {
            node.acquire(CallPriority.URGENT).answered();
        }
        node.settle();
        assertThat(node.estimateAvailable(CallPriority.URGENT)).isEqualTo(1);
        Throttled none = catchThrowableOfType(Throttled.class, () -> node.acquire(CallPriority.URGENT));
        assertThat(none).hasMessageContaining(name).hasMessageContaining("used up");
        assertThat(none.retryAfter()).as("looks again now and then").isEqualTo(Duration.ofMinutes(10));
        assertThat(node.estimateAvailable(CallPriority.URGENT)).isZero();

        databaseFixture
                .jdbc()
                .sql("DELETE FROM call_grant WHERE budget = ?")
                .param(name)
                .update();
        assertThatThrownBy(() -> node.acquire(CallPriority.URGENT)).isInstanceOf(Throttled.class);
        pass(Duration.ofMinutes(10));
        node.acquire(CallPriority.URGENT);
    }

    @Test
    void givesToUrgentCallsWhatWasDrawnForOthers() {
        SharedBudget node = node(4, 4);
        node.acquire(CallPriority.PATIENT);
        for (int i = 0; i < 3; i++) {
            node.acquire(CallPriority.URGENT);
        }

        assertThatThrownBy(() -> node.acquire(CallPriority.PATIENT)).isInstanceOf(Throttled.class);
        assertThat(granted("count(*)")).isEqualTo(1);
    }

    @Test
    void tellsOtherNodesToWait() {
        node(40, 1).acquire(CallPriority.URGENT);
        node(40, 1).backOff(Duration.ofSeconds(57));

        SharedBudget other = node(40, 1);
        Throttled none = catchThrowableOfType(Throttled.class, () -> other.acquire(CallPriority.PATIENT));
        assertThat(none.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(57));
    }

    @Test
    void leavesToOthersWhatTheyUseAlready() {
        SharedBudget node = node(40, 1);
        node.acquire(CallPriority.URGENT).answered();
        node.updateRemaining(5);
        node.acquire(CallPriority.URGENT).answered();

        assertThat(granted("sum(calls)"))
                .as("35 that the gateway has counted, and one more")
                .isEqualTo(36);
        node.updateRemaining(4);
        node.acquire(CallPriority.URGENT).answered();
        assertThat(granted("sum(calls)")).as("nothing new from others").isEqualTo(37);
    }

    @Test
    void seesWhenCallsComeBackSooner() {
        SharedBudget node = node(3, 3);
        Permit first = node.acquire(CallPriority.URGENT);
        node.acquire(CallPriority.URGENT);
        node.acquire(CallPriority.URGENT);
        assertThatThrownBy(() -> node.acquire(CallPriority.URGENT)).isInstanceOf(Throttled.class);
        databaseFixture
                .jdbc()
                .sql("UPDATE call_grant SET done_at = clock_timestamp() - interval '2 h' WHERE budget = ?")
                .param(name)
                .update();
        assertThatThrownBy(() -> node.acquire(CallPriority.URGENT)).isInstanceOf(Throttled.class);

        node.settle();
        node.acquire(CallPriority.URGENT).answered();
        first.answered();
    }

    @Test
    void ignoresAnOutdatedCountOfTheGateway() {
        SharedBudget node = node(40, 1);
        node.acquire(CallPriority.URGENT).answered();
        node.updateRemaining(5);
        pass(VALID.plusMillis(1));
        node.acquire(CallPriority.URGENT).answered();

        assertThat(granted("sum(calls)")).isEqualTo(2);
    }

    @Test
    void forecastsHowLongCallsTake() {
        SharedBudget node = node(40, 10);
        assertThat(node.forecast().apply(40)).isZero();
        assertThat(node.forecast().apply(120))
                .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusSeconds(1));
        assertThat(node.forecast().apply(41)).isEqualTo(Duration.ofHours(1));
        node.acquire(CallPriority.URGENT).answered();
        assertThat(node.forecast().apply(40))
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1).plusSeconds(1));
        node.backOff(Duration.ofMinutes(10));
        assertThat(node.forecast().apply(30)).isEqualTo(Duration.ofMinutes(10));
    }
}
