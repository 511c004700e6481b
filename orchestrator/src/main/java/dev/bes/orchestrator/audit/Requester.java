package dev.bes.orchestrator.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who requests a run, and from where.
 *
 * @param actor as {@code kind:name}
 * @param via how he is known
 * @param address his address; null outside of requests
 * @param request method and path; null outside of requests
 */
public record Requester(
        String actor,
        String via,
        @Nullable String address,
        @Nullable String request) {

    /** The one whose request the current thread works on. */
    public static Requester current(String actor) {
        RequestOrigin origin = RequestOrigin.current();
        return new Requester(
                Objects.requireNonNull(AuditLog.cut(actor)),
                origin.via(),
                origin.address(),
                AuditLog.cut(origin.request()));
    }
}
