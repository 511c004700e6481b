package dev.bes.orchestrator.run.forecast;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.forecast.CallForecaster.Ahead;
import dev.bes.orchestrator.run.forecast.CallForecasts.Backlog;
import dev.bes.orchestrator.run.forecast.CallForecasts.Saying;
import dev.bes.orchestrator.run.query.RunView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallForecastsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final CallForecasts callForecasts = new CallForecasts(DATABASE.jdbc());

    @Test
    void tellWhatIsToBeDoneAndWhetherOneCallDoesIt() {
        NewRun started = aRun().withScorings(3).build();
        NewRun small = aRun().on(started.definition().endpoint())
                .withScorings(2)
                .withRequestResponse(10)
                .build();
        long first = new ScoringSetup(node).one(Step.STARTED, started).run();
        long second = node.runs().accept(small).id();

        assertThat(callForecasts.backlog(List.of(started.definition().endpoint())))
                .containsExactly(new Backlog(first, false, 0, 3), new Backlog(second, true, 2, 0));
    }

    @Test
    void areKeptUntilThereIsNothingToWaitFor() {
        long run = node.runs().accept(aRun().build()).id();

        callForecasts.say(List.of(new Saying(run, ahead(Duration.ofDays(1)))));
        RunView held = node.reader().find(run).orElseThrow();
        callForecasts.say(List.of(new Saying(run, ahead(Duration.ZERO))));

        assertThat(held.forecast())
                .extracting(CallForecast::calls, CallForecast::limits)
                .containsExactly(4L, List.of("5 calls in 1 min"));
        assertThat(Duration.between(held.createdAt(), held.forecast().by())).isGreaterThan(Duration.ofHours(23));
        assertThat(node.reader().find(run).orElseThrow().forecast()).isNull();
    }

    private static Ahead ahead(Duration time) {
        return new Ahead(4, time, List.of("5 calls in 1 min"));
    }
}
