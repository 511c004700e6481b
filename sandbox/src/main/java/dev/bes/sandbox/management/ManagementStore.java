package dev.bes.sandbox.management;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Users and subscriptions, in memory and in a file. Readers never wait; changes are made one after the other. */
public final class ManagementStore {

    private final @Nullable StateFile file;
    private final InstantSource clock;
    private volatile ManagementState state;

    private ManagementStore(@Nullable StateFile file, ManagementState state, InstantSource clock) {
        this.file = file;
        this.state = state;
        this.clock = clock;
    }

    /** A store without a file, with the demo's users and these subscriptions. */
    static ManagementStore inMemory(List<Subscription> given, InstantSource clock) {
        ManagementStore store = new ManagementStore(null, ManagementState.EMPTY, clock);
        store.start(given);
        return store;
    }

    /**
     * Opens a file. Subscriptions that it neither has nor knows as deleted are added.
     *
     * @param given the subscriptions of a new sandbox
     * @throws IllegalStateException when the file has a mistake; the message has file, line and column
     */
    public static ManagementStore open(Path path, List<Subscription> given, InstantSource clock) {
        StateFile file = new StateFile(path);
        ManagementState found = file.read().orElse(ManagementState.EMPTY);
        ManagementStore store = new ManagementStore(file, found, clock);
        store.start(given);
        return store;
    }

    /** What there is now. */
    ManagementState state() {
        return state;
    }

    /**
     * Makes a change: it is on disk before others see it.
     *
     * @return what there was before
     * @throws ManagementError 400 when two entities would have an email address or a key in common
     */
    synchronized ManagementState update(UnaryOperator<ManagementState> change) {
        ManagementState before = state;
        try {
            replace(change.apply(before));
        } catch (IllegalArgumentException e) {
            throw ManagementError.refused(String.valueOf(e.getMessage()));
        }
        return before;
    }

    private void replace(ManagementState changed) {
        if (file != null && !changed.equals(state)) {
            file.write(changed);
        }
        state = changed;
    }

    private void start(List<Subscription> given) {
        ManagementState found = state;
        ManagementState started = found;
        for (User user : found.users().isEmpty() ? List.of(User.ADMINISTRATOR, User.DEMO) : List.<User>of()) {
            started = started.with(user.registeredAt(clock.instant()));
        }
        for (Subscription each : given) {
            boolean known = found.subscriptions().containsKey(each.sid())
                    || found.removed().contains(each.sid());
            started = known ? started : started.with(each.createdAt(clock.instant()));
        }
        replace(started);
    }
}
