package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.budget.CallBudget.Permit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint's calls are paid with. A call may set one aside for the call that follows it, such as a submit
 * for the start: a job that could not be started at once can't be told from one whose start is on its way, and has to wait.
 */
final class CallReservation {
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final CallBudget budget;
    private final InstantSource clock;
    private final Deque<Kept> forStarts = new ArrayDeque<>();

    CallReservation(CallBudget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
    }

    private record Kept(Permit permit, Instant until) {}

    /** One call, and the one that is set aside with it. */
    final class Payment {
        private final Permit permit;
        private final @Nullable Permit start;

        private Payment(Permit permit, @Nullable Permit start) {
            this.permit = permit;
            this.start = start;
        }

        /** The call was not made. */
        void giveBack() {
            permit.giveBack();
            if (start != null) {
                start.giveBack();
            }
        }

        /** The call has its answer, or will have none. */
        void answered(boolean good) {
            permit.answered();
            if (start != null && good) {
                keep(start);
            } else if (start != null) {
                start.giveBack();
            }
        }
    }

    /**
     * Pays for a call.
     *
     * @throws Throttled if the budget is used up
     */
    Payment pay(ManagedCall managedCall) {
        return switch (managedCall.reservation()) {
            case MAKES -> forTwo(managedCall);
            case USES -> new Payment(kept(managedCall), null);
            case NONE -> new Payment(budget.take(managedCall.precedence()), null);
        };
    }

    private Payment forTwo(ManagedCall managedCall) {
        Permit first = budget.take(managedCall.precedence());
        try {
            return new Payment(first, budget.take(managedCall.precedence()));
        } catch (Throttled e) {
            first.giveBack();
            throw e;
        }
    }

    private synchronized void keep(Permit start) {
        forStarts.add(new Kept(start, clock.instant().plus(KEPT)));
    }

    /** Of jobs that were not started the call is over some day. */
    private Permit kept(ManagedCall managedCall) {
        synchronized (this) {
            for (Kept next = forStarts.poll(); next != null; next = forStarts.poll()) {
                if (clock.instant().isBefore(next.until)) {
                    return next.permit;
                }
                next.permit.answered();
            }
        }
        return budget.take(managedCall.precedence());
    }

    /** Lets no node call for a while. */
    void shut(Duration wait) {
        budget.shut(wait);
    }

    /** The gateway has said how many calls it has left. */
    void remaining(int calls) {
        budget.remaining(calls);
    }
}
