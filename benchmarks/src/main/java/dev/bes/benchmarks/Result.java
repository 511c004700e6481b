package dev.bes.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an engine was measured at.
 *
 * @param engine its name
 * @param settings how it was set, in words
 * @param scorings files in a round
 * @param rounds the rounds that count
 */
record Result(String engine, String settings, int scorings, List<Figures> rounds) {

    Spread spread(ToDoubleFunction<Figures> figure) {
        return Spread.of(rounds, figure);
    }

    double median(ToDoubleFunction<Figures> figure) {
        return spread(figure).median();
    }
}
