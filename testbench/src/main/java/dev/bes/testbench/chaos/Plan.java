package dev.bes.testbench.chaos;

import java.time.Duration;
import java.util.List;

/**
 * All that will be done in a run, thought out beforehand: the same seed makes the same plan.
 *
 * @param deeds what callers and producers do
 * @param mischiefs what goes wrong
 */
record Plan(List<Timed<Deed>> deeds, List<Planned> mischiefs) {

    /** Something and when it begins, from the start of the run. */
    record Timed<T>(Duration at, T what) {}

    /** A mischief, when it begins, and how long it lasts. */
    record Planned(Duration at, Duration lasts, Mischief what) {

        Duration end() {
            return at.plus(lasts);
        }

        boolean overlaps(Planned other) {
            return at.compareTo(other.end()) < 0 && other.at.compareTo(end()) < 0;
        }
    }

    /** The plan for a seed. */
    static Plan of(long seed, Duration length, int nodes) {
        Dice dice = new Dice(seed);
        Dice forDeeds = dice.split();
        Dice forMischiefs = dice.split();
        return new Plan(new Deeds(forDeeds, nodes).during(length), new Mischiefs(forMischiefs, nodes).during(length));
    }
}
