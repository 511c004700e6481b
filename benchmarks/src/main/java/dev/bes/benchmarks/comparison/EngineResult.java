package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.measure.Spread;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The result of one engine.
 *
 * @param engine its name
 * @param settings its settings, as text
 * @param scorings files per round
 * @param rounds the measured rounds
 */
record EngineResult(String engine, String settings, int scorings, List<ScoringFigures> rounds) {

    Spread spread(ToDoubleFunction<ScoringFigures> figure) {
        return Spread.of(rounds, figure);
    }

    double median(ToDoubleFunction<ScoringFigures> figure) {
        return spread(figure).median();
    }

    /** A figure compared with that of another engine, round by round: load of the machine disturbs both. */
    Spread beside(EngineResult other, ToDoubleFunction<ScoringFigures> figure, DoubleBinaryOperator comparison) {
        List<Double> pairs = IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToObj(i -> comparison.applyAsDouble(
                        figure.applyAsDouble(rounds.get(i)), figure.applyAsDouble(other.rounds.get(i))))
                .toList();
        return Spread.of(pairs, Double::doubleValue);
    }
}
