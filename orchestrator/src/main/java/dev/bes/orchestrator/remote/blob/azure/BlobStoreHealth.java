package dev.bes.orchestrator.remote.blob.azure;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.health.CallHealth;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What our own calls have shown of the store: one that refuses our key refuses the references that are signed with it. */
final class BlobStoreHealth {

    /** How long a refusal speaks for the references, too; then one is tried, lest everything wait for a call that nobody makes. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    private static final String CALL = "store";

    private final CallHealth health;
    private final InstantSource clock;
    private volatile @Nullable Refusal refusal;

    BlobStoreHealth(InstantSource clock) {
        this.clock = clock;
        this.health = new CallHealth("The blob store (staging and fetching wait for it)", clock);
    }

    private record Refusal(Instant at, String message) {}

    void good() {
        if (refusal != null) {
            refusal = null;
        }
        health.good(CALL);
    }

    void met(RemoteException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof Refused) {
            refusal = new Refusal(clock.instant(), message);
            health.bad(CALL, "it refuses us: " + message);
        } else if (!(e instanceof Unavailable)) {
            good();
        } else if (!Thread.currentThread().isInterrupted() && !isOurDisk(e)) {
            health.bad(CALL, "it does not do what it is asked: " + message);
        }
    }

    /** The client's tries are over when we hear of it, so one call is enough; but what our own disk did is not the store's. */
    private static boolean isOurDisk(RemoteException e) {
        Throwable cause = e.getCause();
        return cause instanceof FileSystemException
                || (cause != null && String.valueOf(cause.getMessage()).contains("No space left on device"));
    }

    /**
     * Keeps references from being handed out that cannot work.
     *
     * @throws Refused if the store has refused us a moment ago
     */
    void refuseLately() {
        Refusal last = refusal;
        if (last != null && clock.instant().isBefore(last.at.plus(LATELY))) {
            throw new Refused(By.STORE, "the blob store refuses us, so no job could read its input: " + last.message);
        }
    }

    ObservedHealth condition() {
        return health.condition();
    }
}
