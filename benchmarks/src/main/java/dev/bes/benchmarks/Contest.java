package dev.bes.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Lets engines take turns at the same work, so that whatever else changes on the machine changes for all alike. */
final class Contest {

    private static final Duration IDLE = Duration.ofSeconds(15);
    // after two, a third of the CPU of an engine is still its compiler, and it becomes faster from round to round
    private static final int WARM_UPS = 5;

    private final List<Trial> trials;
    private final Progress progress;
    private final List<String> failures = new ArrayList<>();

    Contest(List<Trial> trials, Progress progress) {
        this.trials = new ArrayList<>(trials);
        this.progress = progress;
    }

    /** Has rounds of each to warm up, and so many that count; an engine that fails is out, and the others go on. */
    List<Result> run(int rounds) {
        List<Trial> all = List.copyOf(trials);
        for (int i = 0; i < WARM_UPS; i++) {
            each(Trial::warmUp);
        }
        progress.begin("nothing to do");
        Quiet.await(trials.stream().map(Trial::candidate).toList());
        idle();
        for (int i = 0; i < rounds; i++) {
            each(Trial::round);
        }
        return all.stream().map(Trial::result).filter(Objects::nonNull).toList();
    }

    /** Why engines are out. */
    List<String> failures() {
        return failures;
    }

    private void each(Consumer<Trial> turn) {
        for (Trial trial : List.copyOf(trials)) {
            try {
                turn.accept(trial);
            } catch (RuntimeException e) {
                trials.remove(trial);
                trial.leave();
                failures.add(trial.name() + ": " + e.getMessage());
                progress.say(failures.getLast());
            }
        }
    }

    private void idle() {
        Pause.of(Pause.SETTLE);
        long start = System.nanoTime();
        List<DatabaseReading> before = trials.stream().map(Trial::reading).toList();
        Pause.of(IDLE);
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            trial.idles(Idle.of(trial.reading().minus(before.get(i)), Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
