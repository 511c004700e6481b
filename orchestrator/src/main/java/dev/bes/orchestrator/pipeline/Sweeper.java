package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Sweep;

/** One kind of sweep, one set at a time. */
interface Sweeper {
    /** Which rows it moves. */
    Sweep sweep();

    /** How many sets of an endpoint are worked on at a time. */
    int loops();

    /**
     * Claims what is due at an endpoint and moves it.
     *
     * @return how many scorings were claimed; with 0 there is nothing to do for now
     */
    int sweepOnce(String endpoint);
}
