package dev.bes.orchestrator.audit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the request that a thread works on comes from.
 *
 * @param address the address of the caller; null outside of requests
 * @param request method and path; null outside of requests
 * @param signedInBy how the caller is known: {@code session}, {@code token}, {@code open} or {@code none}; asked when a row is written
 */
public record RequestOrigin(
        @Nullable String address, @Nullable String request, Supplier<String> signedInBy) {
    /** Bound by the filter of requests. */
    public static final ScopedValue<RequestOrigin> CURRENT = ScopedValue.newInstance();

    private static final RequestOrigin NO_REQUEST = new RequestOrigin(null, null, () -> "none");

    /** The origin of what the current thread does. */
    static RequestOrigin current() {
        return CURRENT.orElse(NO_REQUEST);
    }

    String via() {
        return signedInBy.get();
    }
}
