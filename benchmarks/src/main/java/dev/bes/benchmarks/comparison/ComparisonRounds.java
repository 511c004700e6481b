package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.environment.DatabaseCounters;
import dev.bes.benchmarks.measure.CompilerQuiescence;
import dev.bes.benchmarks.measure.Pause;
import dev.bes.benchmarks.report.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The rounds of a comparison: engines take turns, so that other load of the machine affects all alike. */
final class ComparisonRounds {

    private static final Duration IDLE = Duration.ofSeconds(15);
    // after two rounds a third of the CPU is still the JIT compiler, and each round is faster than the one before
    private static final int WARM_UPS = 5;

    private final List<EngineMeasurement> trials;
    private final Progress progress;
    private final List<String> failures = new ArrayList<>();

    ComparisonRounds(List<EngineMeasurement> trials, Progress progress) {
        this.trials = new ArrayList<>(trials);
        this.progress = progress;
    }

    /** Runs the warm-up rounds and the measured rounds. An engine that fails is left out; the others continue. */
    List<EngineResult> run(int rounds) {
        List<EngineMeasurement> all = List.copyOf(trials);
        for (int i = 0; i < WARM_UPS; i++) {
            each(EngineMeasurement::warmUp);
        }
        progress.begin("nothing to do");
        CompilerQuiescence.await(
                trials.stream().map(EngineMeasurement::candidate).toList());
        idle();
        for (int i = 0; i < rounds; i++) {
            each(EngineMeasurement::round);
        }
        return all.stream()
                .map(EngineMeasurement::result)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Why engines were left out. */
    List<String> failures() {
        return failures;
    }

    private void each(Consumer<EngineMeasurement> turn) {
        for (EngineMeasurement trial : List.copyOf(trials)) {
            try {
                turn.accept(trial);
            } catch (RuntimeException e) {
                trials.remove(trial);
                trial.stop();
                failures.add(trial.name() + ": " + e.getMessage());
                progress.print(failures.getLast());
            }
        }
    }

    private void idle() {
        Pause.of(Pause.SETTLE);
        long start = System.nanoTime();
        List<DatabaseCounters> before =
                trials.stream().map(EngineMeasurement::reading).toList();
        Pause.of(IDLE);
        for (int i = 0; i < trials.size(); i++) {
            EngineMeasurement trial = trials.get(i);
            trial.idles(
                    IdleRates.of(trial.reading().minus(before.get(i)), Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
