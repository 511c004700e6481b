package dev.bes.benchmarks;

import java.nio.file.Path;

/** An engine under measurement, in a process of its own. */
interface Candidate extends AutoCloseable {

    /** Its name in the table. */
    String name();

    /** Id of its process. */
    long pid();

    /** Name of its database. */
    String database();

    /** Begins to score the workload; the folder that the outputs will be in. */
    Path begin();

    /** Whether all that was begun is done. */
    boolean isDone();

    @Override
    void close();
}
