package dev.bes.api.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * API keys: the caller's own, and those of all users if he is an administrator.
 *
 * @param keys newest first
 * @param next where to find the following ones, if there are any
 */
public record KeysJson(List<KeyJson> keys, @Nullable String next) {

    /**
     * A key by which a program signs in.
     *
     * @param id its id, which is no secret
     * @param name what it is for
     * @param owner the user that it belongs to
     * @param grants what it may do, as long as its owner may
     * @param createdAt when it was made
     * @param expiresAt from then on it is refused
     * @param lastUsedAt when it was last used, to the minute; null if never
     * @param revokedAt when it was revoked; null if it was not
     * @param links {@code revoke}, as long as it is not revoked
     */
    public record KeyJson(
            String id,
            String name,
            String owner,
            List<String> grants,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            Map<String, String> links) {}

    /**
     * A key to make for the caller.
     *
     * @param name what it is for
     * @param grants what it may do: not more than the caller
     * @param days how long it is valid; null for the usual time, 90 days unless the settings say otherwise
     */
    public record NewKeyJson(
            @Nullable String name,
            @Nullable List<String> grants,
            @Nullable Integer days) {}

    /**
     * A new key with its text, which is shown once.
     *
     * @param key the key
     * @param text what goes into {@code Authorization: Bearer}
     */
    public record CreatedKeyJson(KeyJson key, String text) {}
}
