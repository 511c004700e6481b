package dev.bes.benchmarks.engine;

import java.util.List;

/** An engine that scores files. It reports each scored file to its {@link WorkCounter}. */
interface Engine extends AutoCloseable {

    /** Accepts many files at once, in its cheapest way. */
    void take(List<Scoring> scorings);

    /** Accepts one file, to be scored as soon as possible. */
    void take(Scoring scoring);

    @Override
    void close();
}
