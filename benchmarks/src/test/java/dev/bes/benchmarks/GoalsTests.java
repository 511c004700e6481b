package dev.bes.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTests {

    @Test
    void goesByTheRunInTheMiddle() {
        List<Result> results = List.of(
                result("ours", run(900, 1.8, 0.2), run(100, 9, 9), run(800, 1.7, 0.1)),
                result("bare", run(1000, 1.2, 0)),
                result("db-scheduler", run(600, 2.5, 3)));

        assertThat(new Goals(results).rows())
                .extracting(row -> row.get(2) + ": " + row.getLast())
                .containsExactly("reached: met", "0.200: yes", "80 %: yes", "0.60 ms: NO", "1.33 times: NO");
    }

    @Test
    void saysNothingOfEnginesThatWereNotMeasured() {
        assertThat(new Goals(List.of(result("ours", run(900, 1.8, 0.4)))).rows())
                .containsExactly(
                        List.of("figure", "goal", "reached", "met"),
                        List.of("commits per scoring", "at most 0.3", "0.400", "NO"));
    }

    private static Result result(String engine, Figures... runs) {
        return new Result(engine, "", 1, List.of(runs));
    }

    private static Figures run(double perSecond, double cpu, double commits) {
        return new Figures(perSecond, cpu, 0, commits, commits, commits, 0, 5, 0);
    }
}
