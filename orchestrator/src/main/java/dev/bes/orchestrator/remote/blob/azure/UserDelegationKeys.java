package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.UserDelegationKey;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The key by which the store lets the identity of this machine sign SAS. It is fetched when it is first needed, and again when it is a day old or ends too
 * soon. Source: "Create a user delegation SAS": a key lasts seven days at most.
 */
final class UserDelegationKeys {

    /** How far our clock may be off the store's. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    static final Duration LIFETIME = Duration.ofDays(7).minus(SKEW.multipliedBy(2));

    private static final Duration RENEWAL = Duration.ofDays(1);

    private final BlobServiceClient store;
    private final String setting;
    private final BlobTimeouts blobTimeouts;
    private final InstantSource clock;
    private @Nullable UserDelegationKey key;
    private Instant fetched = Instant.MIN;
    private Instant ends = Instant.MIN;

    /** Keys of a store that is reached by this setting. */
    UserDelegationKeys(BlobServiceClient store, String setting, BlobTimeouts blobTimeouts, InstantSource clock) {
        this.store = store;
        this.setting = setting;
        this.blobTimeouts = blobTimeouts;
        this.clock = clock;
    }

    /**
     * A key that is valid at least until then.
     *
     * @throws Rejected if no key lasts so long
     * @throws dev.bes.orchestrator.remote.RemoteException if the store gives none
     */
    synchronized UserDelegationKey until(Instant end) {
        Instant now = clock.instant();
        if (end.isAfter(now.plus(LIFETIME))) {
            throw new Rejected(
                    By.STORE,
                    "",
                    "Blob store, signing: by the identity of this machine a job may use its blobs for %s at most, and the deadline of this one is later: shorten the deadline of its definition, or replace %s by a connection string"
                            .formatted(DurationWords.of(LIFETIME), setting),
                    Reason.REQUEST);
        }
        UserDelegationKey known = key;
        if (known == null || now.isAfter(fetched.plus(RENEWAL)) || end.isAfter(ends)) {
            known = fetch(now.minus(SKEW), now.plus(LIFETIME));
            key = known;
            fetched = now;
            ends = now.plus(LIFETIME);
        }
        return known;
    }

    private UserDelegationKey fetch(Instant from, Instant until) {
        String what = "fetching the key that signs";
        try {
            return TransferDeadline.within(
                    blobTimeouts.base(),
                    what,
                    () -> store.getUserDelegationKeyWithResponse(
                                    from.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), null, Context.NONE)
                            .getValue());
        } catch (Exception e) {
            throw BlobErrorMapping.of(what, e, setting);
        }
    }
}
