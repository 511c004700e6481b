package dev.bes.sandbox.management;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.management.Subscription.State;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What administrators do with subscriptions. Each change counts from the gateway's next call on. */
public final class Administration {

    private final ManagementStore store;
    private final ManagedApi api;
    private final SubscriptionRules rules;
    private final InstantSource clock;

    /** Administers a store for the products of an API. */
    public Administration(ManagementStore store, ManagedApi api, InstantSource clock) {
        this.store = store;
        this.api = api;
        this.rules = new SubscriptionRules(api);
        this.clock = clock;
    }

    /** All products. */
    public List<Product> products() {
        return api.products();
    }

    /** The products that a user sees and may subscribe to. */
    public List<Product> products(User user) {
        return rules.visibleTo(user);
    }

    /**
     * A product.
     *
     * @throws ManagementError 404 when there is none
     */
    public Product product(String id) {
        return api.product(id).orElseThrow(() -> ManagementError.notFound("Product not found."));
    }

    /** All subscriptions, by sid. */
    public List<Subscription> subscriptions() {
        return List.copyOf(store.state().subscriptions().values());
    }

    /**
     * A subscription.
     *
     * @throws ManagementError 404 when there is none
     */
    public Subscription subscription(String sid) {
        return found(sid, store.state());
    }

    /**
     * Makes a subscription, or changes it if there is one. A new one is submitted unless the request names a state; keys
     * that it does not name are random. Source: {@code SubscriptionCreateParameters}.
     *
     * @param precondition called with the subscription that is there, before anything changes
     * @return whether it was made
     * @throws ManagementError when a field is wrong, or a rule is broken
     */
    public boolean put(String sid, SubscriptionChange change, Consumer<Subscription> precondition) {
        FieldRules.checkIdentifier("sid", sid);
        ManagementState before = change(state -> {
            Subscription known = state.subscriptions().get(sid);
            FieldRules.check(change, known == null);
            if (known == null) {
                return Subscription.made(sid, change, clock.instant());
            }
            precondition.accept(known);
            return known.changedBy(change, clock.instant());
        });
        return !before.subscriptions().containsKey(sid);
    }

    /**
     * Changes a subscription.
     *
     * @param precondition called with the subscription that is there, before anything changes
     * @throws ManagementError when there is none, a field is wrong, or a rule is broken
     */
    public void update(String sid, SubscriptionChange change, Consumer<Subscription> precondition) {
        change(state -> {
            Subscription known = found(sid, state);
            FieldRules.check(change, false);
            precondition.accept(known);
            return known.changedBy(change, clock.instant());
        });
    }

    /**
     * Subscribes a user to a product as the developer portal does: active at once, or submitted if the product asks for
     * approval.
     *
     * @return its sid
     * @throws ManagementError when the user may not
     */
    public String subscribe(User user, String productId, String displayName) {
        State state = product(productId).approvalRequired() ? State.SUBMITTED : State.ACTIVE;
        SubscriptionChange wanted =
                new SubscriptionChange(displayName, "/products/" + productId, user.id(), null, null, state, null, null);
        String sid = Identifiers.random();
        put(sid, wanted, known -> {});
        return sid;
    }

    /**
     * Gives a subscription a new primary key; the old one is refused from the next call on.
     *
     * @throws ManagementError 404 when there is none
     */
    public void regeneratePrimaryKey(String sid) {
        update(sid, SubscriptionChange.NONE.withPrimaryKey(Identifiers.randomKey()), known -> {});
    }

    /**
     * Gives a subscription a new secondary key; the old one is refused from the next call on.
     *
     * @throws ManagementError 404 when there is none
     */
    public void regenerateSecondaryKey(String sid) {
        update(sid, SubscriptionChange.NONE.withSecondaryKey(Identifiers.randomKey()), known -> {});
    }

    /**
     * Deletes a subscription.
     *
     * @param precondition called with the subscription that is there, before anything changes
     * @return whether there was one
     */
    public boolean delete(String sid, Consumer<Subscription> precondition) {
        ManagementState before = store.update((ManagementState state) -> {
            Subscription known = state.subscriptions().get(sid);
            if (known == null) {
                return state;
            }
            precondition.accept(known);
            return state.withoutSubscription(known.sid());
        });
        return before.subscriptions().containsKey(sid);
    }

    private ManagementState change(Function<ManagementState, Subscription> change) {
        return store.update((ManagementState state) -> {
            Subscription changed = change.apply(state);
            rules.check(changed, state);
            return state.with(changed);
        });
    }

    private static Subscription found(String sid, ManagementState state) {
        Subscription found = state.subscriptions().get(sid);
        if (found == null) {
            throw ManagementError.notFound("Subscription not found.");
        }
        return found;
    }
}
