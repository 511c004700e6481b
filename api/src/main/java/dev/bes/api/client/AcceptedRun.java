package dev.bes.api.client;

import dev.bes.api.run.AcceptedRunJson;

/**
 * A request that was accepted.
 *
 * @param run the run that it became
 * @param replayed whether an earlier request with the same idempotency key had made the run
 */
public record AcceptedRun(AcceptedRunJson run, boolean replayed) {

    /** The number of the run. */
    public long id() {
        return run.id();
    }
}
