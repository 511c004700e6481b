package dev.bes.sandbox.portal.subscriptions;

import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscription.State;
import dev.bes.sandbox.portal.ShownTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its pages show it.
 *
 * @param product the name of the product, or the scope of a subscription to APIs
 * @param owner the name of the owner; null when it belongs to nobody
 */
public record SubscriptionRow(
        Subscription subscription, String product, @Nullable String owner) {

    /** The state, as API Management writes it. */
    public String state() {
        return subscription.state().name().toLowerCase(Locale.ROOT);
    }

    /** When it was made. */
    public @Nullable ShownTime created() {
        return shown(subscription.created());
    }

    /** When it was active for the first time. */
    public @Nullable ShownTime started() {
        return shown(subscription.started());
    }

    /** When it ended. */
    public @Nullable ShownTime ended() {
        return shown(subscription.ended());
    }

    /** What can be done in its state. */
    public List<SubscriptionAction> actions() {
        State state = subscription.state();
        return Arrays.stream(SubscriptionAction.values())
                .filter(action -> action.isFor(state))
                .toList();
    }

    private static @Nullable ShownTime shown(@Nullable Instant time) {
        return time == null ? null : new ShownTime(time);
    }
}
