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
record JobOutcome(
        int queued,
        int runs,
        JobStatus.State end,
        int outputLate,
        boolean outputGood,
        int cancelLag,
        int forgottenAfter) {
    static final int NEVER = 1_000_000;

    static JobOutcome of(long seed) {
        SeededRandom seededRandom = new SeededRandom(seed, 0);
        int end = seededRandom.below(100);
        return new JobOutcome(
                seededRandom.below(3),
                end < 10 ? NEVER : seededRandom.below(5),
                end < 25 ? JobStatus.State.FAILED : end < 32 ? JobStatus.State.CANCELLED : JobStatus.State.FINISHED,
                seededRandom.chance(80) ? 0 : seededRandom.one(1, 2, 4, NEVER),
                seededRandom.chance(95),
                seededRandom.chance(60) ? 0 : 1 + seededRandom.below(3),
                seededRandom.chance(97) ? NEVER : seededRandom.below(12));
    }
}
