package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.measure.Spread;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an engine was measured at.
 *
 * @param engine its name
 * @param settings how it was set, in words
 * @param scorings files in a round
 * @param rounds the rounds that count
 */
record EngineResult(String engine, String settings, int scorings, List<ScoringFigures> rounds) {

    Spread spread(ToDoubleFunction<ScoringFigures> figure) {
        return Spread.of(rounds, figure);
    }

    double median(ToDoubleFunction<ScoringFigures> figure) {
        return spread(figure).median();
    }

    /** A figure beside the same one of another engine, round by round: what disturbs a round disturbs both. */
    Spread beside(EngineResult other, ToDoubleFunction<ScoringFigures> figure, DoubleBinaryOperator comparison) {
        List<Double> pairs = IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToObj(i -> comparison.applyAsDouble(
                        figure.applyAsDouble(rounds.get(i)), figure.applyAsDouble(other.rounds.get(i))))
                .toList();
        return Spread.of(pairs, Double::doubleValue);
    }
}
