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

/** Records the health of the store. A store that refuses our key also refuses references that are signed with it. */
final class BlobStoreHealth {

    /** For this time after a refusal no reference is created. After it one job may try again. */
    private static final Duration REFUSAL_VALID = Duration.ofMinutes(1);

    private static final String CALL = "store";

    private final CallHealth health;
    private final InstantSource clock;
    private volatile @Nullable Refusal refusal;

    BlobStoreHealth(InstantSource clock) {
        this.clock = clock;
        this.health = new CallHealth("The blob store (staging and fetching wait for it)", clock);
    }

    private record Refusal(Instant at, String message) {}

    void succeeded() {
        if (refusal != null) {
            refusal = null;
        }
        health.succeeded(CALL);
    }

    void failed(RemoteException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof Refused) {
            refusal = new Refusal(clock.instant(), message);
            health.failed(CALL, "it refuses our key: " + message);
        } else if (!(e instanceof Unavailable)) {
            succeeded();
        } else if (!Thread.currentThread().isInterrupted() && !isLocalDiskFailure(e)) {
            health.failed(CALL, "calls fail: " + message);
        }
    }

    /** One failure counts, since the client has retried already. A failure of the local disk does not count. */
    private static boolean isLocalDiskFailure(RemoteException e) {
        Throwable cause = e.getCause();
        return cause instanceof FileSystemException
                || (cause != null && String.valueOf(cause.getMessage()).contains("No space left on device"));
    }

    /**
     * Prevents references that the store would refuse.
     *
     * @throws Refused if the store has refused our key within the last minute
     */
    void rejectIfRecentlyRefused() {
        Refusal last = refusal;
        if (last != null && clock.instant().isBefore(last.at.plus(REFUSAL_VALID))) {
            throw new Refused(
                    By.STORE, "the blob store refuses our key, so no job could read its input: " + last.message);
        }
    }

    ObservedHealth observedHealth() {
        return health.observedHealth();
    }
}
