package dev.bes.sandbox.portal.subscriptions;

import dev.bes.sandbox.management.Subscription.State;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A button that changes the state of a subscription. */
public enum SubscriptionAction {
    /** Lets a subscription that was asked for begin. */
    APPROVE("Approve", State.ACTIVE, Set.of(State.SUBMITTED)),
    /** Refuses a subscription that was asked for. */
    REJECT("Reject", State.REJECTED, Set.of(State.SUBMITTED)),
    /** Lets the keys work again. */
    ACTIVATE("Activate", State.ACTIVE, Set.of(State.SUSPENDED, State.REJECTED, State.CANCELLED, State.EXPIRED)),
    /** Refuses the keys for a time. */
    SUSPEND("Suspend", State.SUSPENDED, Set.of(State.ACTIVE)),
    /** Ends the subscription. */
    CANCEL("Cancel", State.CANCELLED, Set.of(State.SUBMITTED, State.ACTIVE, State.SUSPENDED));

    private final String label;
    private final State result;
    private final Set<State> from;

    SubscriptionAction(String label, State result, Set<State> from) {
        this.label = label;
        this.result = result;
        this.from = from;
    }

    /** The text of the button. */
    public String label() {
        return label;
    }

    /** The last segment of its address. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it ends or blocks the subscription. */
    public boolean isDangerous() {
        return result != State.ACTIVE;
    }

    State result() {
        return result;
    }

    boolean isFor(State state) {
        return from.contains(state);
    }

    static Optional<SubscriptionAction> at(String path) {
        return Arrays.stream(values())
                .filter(action -> action.path().equals(path))
                .findFirst();
    }
}
