package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.remote.JobStatus;

/**
 * What becomes of a remote job if it is left alone; all times in ticks.
 *
 * @param queued how long it waits after its start; it still says NotStarted then
 * @param runs how long it works
 * @param end how it ends
 * @param outputLate how long after its end its output appears
 * @param outputGood whether its output is one
 * @param cancelLag how long it takes to obey when it is cancelled
 * @param forgottenAfter how long after its submit nobody knows it any more
 */
record Fate(
        int queued,
        int runs,
        JobStatus.State end,
        int outputLate,
        boolean outputGood,
        int cancelLag,
        int forgottenAfter) {
    static final int NEVER = 1_000_000;

    static Fate of(long seed) {
        Dice dice = new Dice(seed, 0);
        int end = dice.below(100);
        return new Fate(
                dice.below(3),
                end < 10 ? NEVER : dice.below(5),
                end < 25 ? JobStatus.State.FAILED : end < 32 ? JobStatus.State.CANCELLED : JobStatus.State.FINISHED,
                dice.chance(80) ? 0 : dice.one(1, 2, 4, NEVER),
                dice.chance(95),
                dice.chance(60) ? 0 : 1 + dice.below(3),
                dice.chance(97) ? NEVER : dice.below(12));
    }
}
