package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.run.Sweep;

/** Something that happens in a sequence. Numbers of nodes, runs and sleepers are taken modulo how many there are. */
public sealed interface Event {
    /** A node claims what is due and works it off. */
    record Sweeps(int node, Sweep sweep, Interruption interruption, long seed) implements Event {}

    /** A node that overslept goes on with its claim. */
    record Wakes(int sleeper, Interruption interruption, long seed) implements Event {}

    /** Time goes by, on both sides. */
    record Passes(int ticks) implements Event {}

    /** Somebody cancels a run. */
    record Cancels(int run) implements Event {}

    /** Somebody resumes a scoring, if it needs attention. */
    record Resumes(int run, int scoring) implements Event {}

    /** A trigger asks for a run that is there already. */
    record TriggersAgain(int run) implements Event {}

    /** A node renews the leases of all that it is working on. */
    record Renews(int node) implements Event {}

    /** A node is told to end: it lets go of everything, and comes back under another name. */
    record Ends(int node) implements Event {}

    /** What happens to a node in the middle of its work. */
    enum Mishap {
        NOTHING,
        SLEEPS,
        DIES,
        LOSES_A_COMMIT
    }

    /**
     * A mishap.
     *
     * @param moment how many moments of the event pass before it
     */
    record Interruption(Mishap mishap, int moment) {
        public static final Interruption NONE = new Interruption(Mishap.NOTHING, 0);
    }
}
