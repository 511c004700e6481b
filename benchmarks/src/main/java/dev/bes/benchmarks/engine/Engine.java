package dev.bes.benchmarks.engine;

import java.util.List;

/** Something that scores files. What it has taken on it does by and by, and tells its {@link WorkCounter} of each. */
interface Engine extends AutoCloseable {

    /** Takes on many files in one go, the cheapest way it knows. */
    void take(List<Scoring> scorings);

    /** Takes on one file by itself, as soon as may be. */
    void take(Scoring scoring);

    @Override
    void close();
}
