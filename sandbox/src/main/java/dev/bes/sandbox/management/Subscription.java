package dev.bes.sandbox.management;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bes.sandbox.managedapi.ManagedApi;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The right to call APIs; either of its two keys proves it. Source: {@code SubscriptionContract} of API Management's REST
 * API. The keys of the demo subscriptions are fixed, public and worth nothing.
 *
 * @param sid the identifier in addresses; unique, and its case does not matter
 * @param displayName the name that people see
 * @param scope {@code /products/{id}}, {@code /apis/{id}} for one API, or {@code /apis} for all
 * @param ownerId the user's id; null for a subscription that belongs to nobody
 * @param created when it was made; null until the store has it
 * @param started when it became active for the first time; null before that
 * @param ended when it was cancelled, rejected or expired; null in other states
 * @param expires for audit only, as in API Management: nothing happens on this date; null for none
 * @param stateComment why an administrator changed the state; null for no comment
 */
public record Subscription(
        String sid,
        String displayName,
        String scope,
        @Nullable String ownerId,
        String primaryKey,
        String secondaryKey,
        State state,
        @Nullable Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Instant expires,
        @Nullable String stateComment) {

    /** The greatest length of a display name. Source: {@code SubscriptionCreateParameterProperties}. */
    public static final int LONGEST_NAME = 100;

    /** The greatest length of a key. Source: {@code SubscriptionCreateParameterProperties}. */
    public static final int LONGEST_KEY = 256;

    private static final String PRODUCTS = "/products/";
    private static final Pattern SCOPE = Pattern.compile("/apis|/(apis|products)/[^/]+");

    /** @throws IllegalArgumentException when a field has no value that it may have */
    public Subscription {
        check(Identifiers.isValid(sid), "sid is no identifier");
        check(isBetween(1, displayName, LONGEST_NAME), "displayName does not have 1 to 100 characters");
        check(scope != null && SCOPE.matcher(scope).matches(), "scope is neither a product nor an API");
        check(isBetween(1, primaryKey, LONGEST_KEY), "primaryKey does not have 1 to 256 characters");
        check(isBetween(1, secondaryKey, LONGEST_KEY), "secondaryKey does not have 1 to 256 characters");
        check(state != null, "state is missing");
        check(state != State.ACTIVE || created == null || started != null, "an active subscription has started");
    }

    /** The state of a subscription. Only an active one admits calls. */
    public enum State {
        /** Asked for; an administrator has to approve it. */
        @JsonProperty("submitted")
        SUBMITTED,
        /** In use. */
        @JsonProperty("active")
        ACTIVE,
        /** Blocked by an administrator. */
        @JsonProperty("suspended")
        SUSPENDED,
        /** Asked for, and not approved. */
        @JsonProperty("rejected")
        REJECTED,
        /** Ended by its owner or an administrator. */
        @JsonProperty("cancelled")
        CANCELLED,
        /** Ended because its time was over. */
        @JsonProperty("expired")
        EXPIRED;

        /** Whether a subscription in this state has ended. */
        public boolean ended() {
            return this == REJECTED || this == CANCELLED || this == EXPIRED;
        }
    }

    /**
     * A subscription to a product that a sandbox starts with; it belongs to nobody.
     *
     * @param productId the id of a product of the managed API
     */
    public static Subscription toProduct(
            String sid, String productId, String primaryKey, String secondaryKey, State state) {
        return new Subscription(
                sid, sid, PRODUCTS + productId, null, primaryKey, secondaryKey, state, null, null, null, null, null);
    }

    /** One for each product, and one that is suspended; all belong to the demo's user. */
    public static List<Subscription> demo() {
        return List.of(
                demo("starter", "starter", 1, State.ACTIVE),
                demo("unlimited", "unlimited", 2, State.ACTIVE),
                demo("suspended", "unlimited", 3, State.SUSPENDED));
    }

    /** The id of the product; empty for a subscription to one API or to all. */
    public Optional<String> productId() {
        return scope.startsWith(PRODUCTS) ? Optional.of(scope.substring(PRODUCTS.length())) : Optional.empty();
    }

    /** Whether its scope is an API, a product with the API, or all APIs. */
    public boolean covers(ManagedApi api) {
        return productId().isPresent()
                ? productId().flatMap(api::product).isPresent()
                : scope.equals("/apis") || scope.equals("/apis/" + api.id());
    }

    /** The keys that prove it. */
    Set<String> keys() {
        return Set.copyOf(List.of(primaryKey, secondaryKey));
    }

    /**
     * A new subscription. It waits for approval unless the request names a state; keys that it does not name are random.
     *
     * @param wanted with display name and scope
     */
    static Subscription made(String sid, SubscriptionChange wanted, Instant now) {
        return new Subscription(
                        sid,
                        or(wanted.displayName(), ""),
                        or(wanted.scope(), ""),
                        wanted.ownerId(),
                        or(wanted.primaryKey(), Identifiers.randomKey()),
                        or(wanted.secondaryKey(), Identifiers.randomKey()),
                        State.SUBMITTED,
                        now,
                        null,
                        null,
                        wanted.expires(),
                        wanted.stateComment())
                .inState(or(wanted.state(), State.SUBMITTED), now);
    }

    /** The same subscription, created now; unless it waits for approval or has ended, it starts now. */
    Subscription createdAt(Instant now) {
        return dated(State.SUBMITTED, now, null, null).inState(state, now);
    }

    /** The same subscription after a change. */
    Subscription changedBy(SubscriptionChange change, Instant now) {
        return new Subscription(
                        sid,
                        or(change.displayName(), displayName),
                        or(change.scope(), scope),
                        change.ownerId() == null ? ownerId : change.ownerId(),
                        or(change.primaryKey(), primaryKey),
                        or(change.secondaryKey(), secondaryKey),
                        state,
                        created,
                        started,
                        ended,
                        change.expires() == null ? expires : change.expires(),
                        change.stateComment() == null ? stateComment : change.stateComment())
                .inState(or(change.state(), state), now);
    }

    /** The same subscription in another state. It starts when it is active, or suspended, for the first time. */
    private Subscription inState(State next, Instant now) {
        boolean starts = started == null && (next == State.ACTIVE || next == State.SUSPENDED);
        Instant end = ended != null && next == state ? ended : now;
        return dated(next, created, starts ? now : started, next.ended() ? end : null);
    }

    private Subscription dated(State next, @Nullable Instant creation, @Nullable Instant start, @Nullable Instant end) {
        return new Subscription(
                sid,
                displayName,
                scope,
                ownerId,
                primaryKey,
                secondaryKey,
                next,
                creation,
                start,
                end,
                expires,
                stateComment);
    }

    /** Whether a call with one of its keys is admitted. */
    @JsonIgnore
    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** The sid only: the keys are secrets. */
    @Override
    public String toString() {
        return "Subscription[" + sid + "]";
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static boolean isBetween(int least, @Nullable String text, int most) {
        return text != null && text.length() >= least && text.length() <= most;
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static Subscription demo(String sid, String productId, int number, State state) {
        SubscriptionChange owned = SubscriptionChange.NONE.withOwner(User.DEMO.id());
        return toProduct(sid, productId, demoKey(number, 1), demoKey(number, 2), state)
                .changedBy(owned, Instant.EPOCH);
    }

    private static String demoKey(int number, int key) {
        return "d000000000000000000000000000%02d%02d".formatted(number, key);
    }
}
