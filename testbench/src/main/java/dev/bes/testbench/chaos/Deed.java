package dev.bes.testbench.chaos;

import java.time.Duration;
import java.util.List;

/** Something that the nodes' callers and producers do, as they would in production. */
sealed interface Deed {

    /** How a caller goes about a request. */
    enum Manner {
        /** Repeats it until it is accepted. */
        PATIENT,
        /** Sends it several times at once, to different nodes. */
        IN_PARALLEL,
        /** Sends it once more when it was accepted. */
        AGAIN,
        /** Hangs up early, and then repeats it patiently. */
        HANGS_UP,
        /** Hangs up early, and never comes back. */
        GIVES_UP
    }

    /**
     * A request for a run with a file.
     *
     * @param number says which key and which file it is
     * @param patience how long one that hangs up waits
     * @param nodes whom it asks, in this order
     */
    record Ask(int number, int rows, Manner manner, Duration patience, List<Integer> nodes) implements Deed {}

    /**
     * Files are renamed into the drop folder.
     *
     * @param first number of the first file
     */
    record Drop(int first, int files, int rows) implements Deed {}

    /**
     * A run is cancelled.
     *
     * @param which of those that are live then
     * @param node whom the caller asks
     */
    record Cancel(int which, int node) implements Deed {}
}
