package dev.bes.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.benchmarks.report.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonGoalsTests {

    @Test
    void comparesRoundByRoundAndGoesByTheOneInTheMiddle() {
        ComparisonResults results = new ComparisonResults(List.of(
                result("ours", round(900, 1.8, 0.2), round(100, 9, 9), round(800, 1.7, 0.1)),
                result("bare", round(1000, 1.2, 0), round(1000, 1.2, 0), round(1000, 1.1, 0)),
                result("db-scheduler", round(600, 2.5, 3), round(200, 2.5, 3), round(601.5, 2.5, 3))));

        assertThat(ComparisonGoals.ofOneRun(results))
                .extracting(goal -> goal.reached() + ": " + goal.met())
                .containsExactly("80 %: true", "0.60 ms: false", "1.33 times: false", "0.200: true");
    }

    @Test
    void saysNothingOfEnginesThatWereNotMeasured() {
        ComparisonResults results = new ComparisonResults(List.of(result("ours", round(900, 1.8, 0.4))));

        assertThat(ComparisonGoals.ofOneRun(results))
                .containsExactly(new Goal("commits per scoring", "at most 0.3", "0.400", false));
        assertThat(ComparisonGoals.ofOneFileRuns(results)).isEmpty();
    }

    @Test
    void measuresOneFileRunsAgainstEachOfTheOthers() {
        ComparisonResults results = new ComparisonResults(List.of(
                result("ours", round(300, 5, 1)),
                result("db-scheduler", round(200, 3, 2)),
                result("spring-batch", round(100, 30, 60))));

        assertThat(ComparisonGoals.ofOneFileRuns(results))
                .extracting(goal -> goal.goal() + ": " + goal.met())
                .containsExactly("at least 1.0 times db-scheduler: true", "at least 5.0 times spring-batch: false");
    }

    @Test
    void comparesWhatEachKindCostsAboveItsBareCallsWithBes() {
        ComparisonResults results = new ComparisonResults(List.of(
                result("ours", round(900, 1.5, 0)),
                result("bare", round(1000, 1.0, 0)),
                result("ours-named", round(900, 1.4, 0)),
                result("bare-named", round(1000, 0.8, 0)),
                result("ours-inference", round(80, 1.9, 0)),
                result("bare-inference", round(100, 1.2, 0))));

        assertThat(ComparisonGoals.ofKinds(results))
                .extracting(goal -> goal.figure() + ": " + goal.reached() + ": " + goal.met())
                .containsExactly(
                        "named: CPU per scoring above the bare calls: 1.20 times: true",
                        "inference: CPU per scoring above the bare calls: 1.40 times: false");
        assertThat(ComparisonGoals.ofRows(results))
                .extracting(goal -> goal.reached() + ": " + goal.met())
                .containsExactly("80 %: true");
    }

    private static EngineResult result(String engine, ScoringFigures... rounds) {
        return new EngineResult(engine, "", 1, List.of(rounds));
    }

    private static ScoringFigures round(double perSecond, double cpu, double commits) {
        return new ScoringFigures(perSecond, cpu, 0, commits, commits, commits, 0, 5, 0);
    }
}
