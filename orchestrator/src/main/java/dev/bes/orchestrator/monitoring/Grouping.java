package dev.bes.orchestrator.monitoring;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns rows into the values of gauges.
 *
 * @param tags the labels of a row
 * @param known labels that are shown also when no row has them, with the value zero
 */
record Grouping<T>(Function<T, Tags> tags, List<Tags> known) {

    static <T> Grouping<T> by(Function<T, Tags> tags) {
        return new Grouping<>(tags, List.of());
    }

    static <T> Grouping<T> by(Function<T, Tags> tags, Stream<Tags> known) {
        return new Grouping<>(tags, known.toList());
    }

    /** The sum for each group. */
    Map<Tags, Double> sum(List<T> rows, ToDoubleFunction<T> value) {
        return values(rows, value, Double::sum);
    }

    /** The longest time of each group, in seconds. */
    Map<Tags, Double> longest(List<T> rows, Function<T, Duration> time) {
        return values(rows, row -> time.apply(row).toMillis() / 1000.0, Double::max);
    }

    private Map<Tags, Double> values(List<T> rows, ToDoubleFunction<T> value, BinaryOperator<Double> both) {
        Map<Tags, Double> values =
                known.stream().collect(Collectors.toMap(Function.identity(), none -> 0.0, both, HashMap::new));
        rows.forEach(row -> values.merge(tags.apply(row), value.applyAsDouble(row), both));
        return values;
    }
}
