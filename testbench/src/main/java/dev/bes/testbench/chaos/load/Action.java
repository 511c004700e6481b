package dev.bes.testbench.chaos.load;

import java.time.Duration;
import java.util.List;

/** What a client of the nodes does, as in production. */
public sealed interface Action {

    /** How a client sends a request. */
    enum ClientBehaviour {
        /** Repeats it until a node accepts it. */
        RETRIES,
        /** Sends it several times at once, to different nodes. */
        IN_PARALLEL,
        /** Sends it again after it was accepted. */
        SENDS_TWICE,
        /** Disconnects early, then repeats it until a node accepts it. */
        DISCONNECTS_THEN_RETRIES,
        /** Disconnects early and never repeats it. */
        DISCONNECTS
    }

    /**
     * Requests a run with a file.
     *
     * @param number gives the idempotency key and the content of the file
     * @param clientTimeout how long a client waits that disconnects early
     * @param nodes which nodes it asks, in this order
     */
    record RequestRun(int number, int rows, ClientBehaviour behaviour, Duration clientTimeout, List<Integer> nodes)
            implements Action {}

    /**
     * Renames files into the drop folder.
     *
     * @param first number of the first file
     */
    record DropFiles(int first, int files, int rows) implements Action {}

    /**
     * Cancels a run.
     *
     * @param index which of the live runs
     * @param node which node it asks
     */
    record CancelRun(int index, int node) implements Action {}
}
