package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.pipeline.model.Event;
import dev.bes.orchestrator.pipeline.model.Event.Interruption;
import dev.bes.orchestrator.pipeline.model.Event.Mishap;
import dev.bes.orchestrator.pipeline.model.SeededRandom;
import dev.bes.orchestrator.run.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of events, all of it drawn from one seed.
 *
 * @param seed the seed
 * @param setting what the sequence happens to
 * @param events what happens
 */
public record Script(long seed, Setting setting, List<Event> events) {
    /** What a second start of a remote job does. */
    public enum DoubleStart {
        IDEMPOTENT,
        REFUSED,
        EXECUTED_TWICE
    }

    /**
     * What a sequence happens to.
     *
     * @param doubleStart what a second start does
     * @param troublePercent how often a remote call goes wrong
     * @param nodes how many nodes there are
     * @param scorings how many scorings each of the runs has
     * @param attempts how often a scoring may be tried
     * @param places how many jobs the endpoint works on at a time
     * @param room whether nodes collect at once what they see finished
     */
    public record Setting(
            DoubleStart doubleStart,
            int troublePercent,
            int nodes,
            List<Integer> scorings,
            int attempts,
            int places,
            boolean room) {}

    public static Script of(long seed) {
        SeededRandom seededRandom = new SeededRandom(seed, 0);
        Setting setting = new Setting(
                seededRandom.one(DoubleStart.values()),
                seededRandom.one(0, 10, 25, 50),
                2 + seededRandom.below(2),
                seededRandom.one(List.of(1), List.of(2), List.of(3), List.of(1, 1), List.of(2, 1)),
                1 + seededRandom.below(3),
                seededRandom.chance(25) ? 2 : Integer.MAX_VALUE,
                seededRandom.chance(50));
        List<Event> events = new ArrayList<>();
        int length = 10 + seededRandom.below(30);
        for (int i = 0; i < length; i++) {
            events.add(event(seededRandom));
        }
        return new Script(seed, setting, List.copyOf(events));
    }

    private static Event event(SeededRandom seededRandom) {
        int share = seededRandom.below(100);
        if (share < 55) {
            return new Event.Sweeps(
                    seededRandom.below(3),
                    seededRandom.one(Sweep.values()),
                    interruption(seededRandom),
                    seededRandom.seed());
        }
        if (share < 80) {
            return new Event.Passes(1 + seededRandom.below(3));
        }
        if (share < 90) {
            return new Event.Wakes(seededRandom.below(5), interruption(seededRandom), seededRandom.seed());
        }
        return rare(share, seededRandom);
    }

    private static Event rare(int share, SeededRandom seededRandom) {
        return switch (share) {
            case 90, 91 -> new Event.Cancels(seededRandom.below(2));
            case 92 -> new Event.TriggersAgain(seededRandom.below(2));
            case 93 -> new Event.Ends(seededRandom.below(3));
            case 94, 95 -> new Event.Resumes(seededRandom.below(2), seededRandom.below(3));
            default -> new Event.Renews(seededRandom.below(3));
        };
    }

    private static Interruption interruption(SeededRandom seededRandom) {
        int share = seededRandom.below(100);
        Mishap mishap = share < 20
                ? Mishap.SLEEPS
                : share < 30 ? Mishap.DIES : share < 35 ? Mishap.LOSES_A_COMMIT : Mishap.NOTHING;
        return mishap == Mishap.NOTHING ? Interruption.NONE : new Interruption(mishap, seededRandom.below(16));
    }

    /** The same with other events. */
    public Script with(List<Event> others) {
        return new Script(seed, setting, List.copyOf(others));
    }
}
