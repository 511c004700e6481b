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
     * Requests a run by SQL, in a transaction of the client.
     *
     * @param number gives the idempotency key
     * @param commits whether the transaction is committed; otherwise it is rolled back
     */
    record RequestBySql(int number, boolean commits) implements Action {}

    /**
     * Renames files into a drop folder.
     *
     * @param definition which one takes them; its drop folder has the same name
     * @param first number of the first file
     */
    record DropFiles(String definition, int first, int files, int rows) implements Action {}

    /**
     * Renames files into a drop folder, several of the same content.
     *
     * @param first number of the first file
     * @param contents how many contents there are; the files have them in turn
     */
    record DropDuplicates(int first, int files, int contents, int rows) implements Action {}

    /**
     * Writes blobs under the prefix of a container.
     *
     * @param first number of the first blob
     */
    record PutBlobs(int first, int blobs, int rows) implements Action {}

    /**
     * Starts a backfill of the schedule that fires once a year.
     *
     * @param year the first year; no two backfills have a year in common
     * @param years how many
     * @param nodes which nodes are asked, in this order, until one accepts it
     */
    record Backfill(int year, int years, List<Integer> nodes) implements Action {}

    /**
     * Cancels a run.
     *
     * @param index which of the live runs
     * @param node which node it asks
     */
    record CancelRun(int index, int node) implements Action {}
}
