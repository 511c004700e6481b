package dev.bes.orchestrator.audit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the request that a thread works on comes from, and what it turned out to be about. */
public final class RequestOrigin {
    /** Bound by the filter of requests. */
    public static final ScopedValue<RequestOrigin> CURRENT = ScopedValue.newInstance();

    /** What no request asked for. */
    static final RequestOrigin NO_REQUEST = new RequestOrigin(null, null, () -> "none");

    private final @Nullable String address;
    private final @Nullable String request;
    private Supplier<String> signedInBy;
    private @Nullable String object;
    private @Nullable String definition;
    private boolean refusalRecorded;

    /**
     * The origin of a request.
     *
     * @param address the address of the caller; null outside of requests
     * @param request method and path; null outside of requests
     * @param signedInBy how the caller is known: {@code session}, {@code token}, {@code open} or {@code none}; asked when a row is written
     */
    public RequestOrigin(@Nullable String address, @Nullable String request, Supplier<String> signedInBy) {
        this.address = address;
        this.request = request;
        this.signedInBy = signedInBy;
    }

    /**
     * Takes note of what the current request is about, for the row that says that it was refused.
     *
     * @param object kind and name
     * @param definition the definition that it belongs to; null if to none
     */
    public static void isAbout(String object, @Nullable String definition) {
        if (CURRENT.isBound()) {
            CURRENT.get().object = object;
            CURRENT.get().definition = definition;
        }
    }

    /**
     * Takes note of how the caller of the current request says who he is, before it is known whether that is true.
     *
     * @param way {@code password} or {@code provider}
     */
    public static void signsInBy(String way) {
        if (CURRENT.isBound()) {
            CURRENT.get().signedInBy = () -> way;
        }
    }

    /** The origin of what the current thread does. */
    static RequestOrigin current() {
        return CURRENT.orElse(NO_REQUEST);
    }

    /** What the request is about; null if it never was known. */
    public @Nullable String object() {
        return object;
    }

    /** The definition that it is about; null if it never was known. */
    public @Nullable String definition() {
        return definition;
    }

    /** Whether a row says already that it was refused. */
    public boolean isRefusalRecorded() {
        return refusalRecorded;
    }

    void refusalRecorded() {
        if (this != NO_REQUEST) {
            refusalRecorded = true;
        }
    }

    @Nullable
    String address() {
        return address;
    }

    @Nullable
    String request() {
        return request;
    }

    String via() {
        return signedInBy.get();
    }
}
