package dev.bes.orchestrator.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key by which a program signs in.
 *
 * @param id its id, which is no secret
 * @param name what it is for
 * @param owner the name of the account that it belongs to
 * @param grants what it may do, as long as its owner may
 * @param createdAt when it was made
 * @param expiresAt from then on it is refused
 * @param lastUsedAt when it was last used, to the minute; null if never
 * @param revokedAt when it was revoked; null if it was not
 */
public record ApiKey(
        String id,
        String name,
        String owner,
        List<Grant> grants,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** Which key it is, in words. */
    public String described() {
        return "%s of %s (%s)".formatted(id, owner, name);
    }
}
