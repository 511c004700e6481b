package dev.bes.sandbox.portal.subscriptions;

import dev.bes.sandbox.management.Subscription.State;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A button that changes the state of a subscription. */
public enum SubscriptionAction {
    /** Lets a subscription that was asked for begin. */
    APPROVE("Approve", State.ACTIVE),
    /** Refuses a subscription that was asked for. */
    REJECT("Reject", State.REJECTED),
    /** Lets the keys work again. */
    ACTIVATE("Activate", State.ACTIVE),
    /** Refuses the keys for a time. */
    SUSPEND("Suspend", State.SUSPENDED),
    /** Ends the subscription. */
    CANCEL("Cancel", State.CANCELLED);

    private final String label;
    private final State result;

    SubscriptionAction(String label, State result) {
        this.label = label;
        this.result = result;
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
        return switch (this) {
            case APPROVE, REJECT -> state == State.SUBMITTED;
            case ACTIVATE -> state == State.SUSPENDED || state.ended();
            case SUSPEND -> state == State.ACTIVE;
            case CANCEL -> !state.ended();
        };
    }

    static Optional<SubscriptionAction> at(String path) {
        return Arrays.stream(values())
                .filter(action -> action.path().equals(path))
                .findFirst();
    }
}
