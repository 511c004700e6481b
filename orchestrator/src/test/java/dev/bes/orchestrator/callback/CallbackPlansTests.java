package dev.bes.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.OldDatabase;
import dev.bes.orchestrator.run.RecordedPlans;
import dev.bes.orchestrator.run.RecordedPlans.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** With 50,000 callbacks that were delivered, what is done each second and what people look at reads few of them. */
@Tag("slow")
class CallbackPlansTests {
    private static final int OFTEN = 12;

    private final OldDatabase old = OldDatabase.shared();
    private final CallbackRows rows = new CallbackRows(old.database().jdbc());

    private static CallbackFilter filter(
            @Nullable String definition, Callback.@Nullable State state, @Nullable Long run) {
        return new CallbackFilter(DefinitionScope.ALL, definition, state, run);
    }

    @TestFactory
    Stream<DynamicTest> readsByIndex() {
        Callback some = rows.list(filter(null, null, null), true, null, 1).getFirst();
        Map<String, Runnable> reads = Map.of(
                "taking what is due, of which there is none",
                () -> assertThat(rows.take(4, List.of("busy"), Duration.ofMinutes(1)))
                        .isEmpty(),
                "list",
                () -> rows.list(filter(null, null, null), true, null, 50),
                "list from there on",
                () -> rows.list(filter(null, null, null), true, some.id(), 50),
                "list by definition",
                () -> rows.list(filter("old-7", null, null), true, null, 50),
                "list by a state that is rare",
                () -> rows.list(filter(null, Callback.State.GIVEN_UP, null), true, null, 50),
                "list of a run",
                () -> rows.list(filter(null, null, some.run()), false, null, 20),
                "one",
                () -> rows.find(some.id()),
                "failed",
                () -> rows.failed(some, 500, "it broke", Duration.ZERO, Duration.ZERO));
        return reads.entrySet().stream()
                .map(read -> DynamicTest.dynamicTest(read.getKey(), () -> {
                    for (int i = 0; i < OFTEN; i++) {
                        List<Plan> plans = old.plans().of(read.getValue());
                        assertThat(RecordedPlans.readWhole(plans)).isEmpty();
                        assertThat(plans.stream()
                                        .mapToLong(plan -> plan.read("callback"))
                                        .sum())
                                .as("rows looked at, for fifty of one definition among 25 too")
                                .isLessThanOrEqualTo(2_500);
                    }
                }));
    }
}
