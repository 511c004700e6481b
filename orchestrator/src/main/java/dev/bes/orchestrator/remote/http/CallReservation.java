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
 * Takes the calls of one endpoint from the call budget. A submit reserves a second call for its start. Without it a submitted
 * job might not be started at once, and could not be distinguished from a job whose start is under way.
 */
final class CallReservation {
    private static final Duration RESERVED_FOR = Duration.ofSeconds(30);

    private final CallBudget budget;
    private final InstantSource clock;
    private final Deque<ReservedStart> reservedStarts = new ArrayDeque<>();

    CallReservation(CallBudget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
    }

    private record ReservedStart(Permit permit, Instant until) {}

    /** A call that may be made, and the start that is reserved with it. */
    final class Reserved {
        private final Permit permit;
        private final @Nullable Permit start;

        private Reserved(Permit permit, @Nullable Permit start) {
            this.permit = permit;
            this.start = start;
        }

        /** The call was not made. */
        void release() {
            permit.release();
            if (start != null) {
                start.release();
            }
        }

        /** The call has its answer, or will have none. */
        void answered(boolean good) {
            permit.answered();
            if (start != null && good) {
                reserve(start);
            } else if (start != null) {
                start.release();
            }
        }
    }

    /**
     * Takes a call from the budget.
     *
     * @throws Throttled if the budget is used up
     */
    Reserved acquire(ManagedCall managedCall) {
        return switch (managedCall.reservation()) {
            case RESERVES -> acquireBoth(managedCall);
            case CONSUMES -> new Reserved(reservedStart(managedCall), null);
            case NONE -> new Reserved(budget.acquire(managedCall.priority()), null);
        };
    }

    private Reserved acquireBoth(ManagedCall managedCall) {
        Permit first = budget.acquire(managedCall.priority());
        try {
            return new Reserved(first, budget.acquire(managedCall.priority()));
        } catch (Throttled e) {
            first.release();
            throw e;
        }
    }

    private synchronized void reserve(Permit start) {
        reservedStarts.add(new ReservedStart(start, clock.instant().plus(RESERVED_FOR)));
    }

    /** Uses a reserved start. A reservation that was not used in time expires. */
    private Permit reservedStart(ManagedCall managedCall) {
        synchronized (this) {
            for (ReservedStart next = reservedStarts.poll(); next != null; next = reservedStarts.poll()) {
                if (clock.instant().isBefore(next.until)) {
                    return next.permit;
                }
                next.permit.answered();
            }
        }
        return budget.acquire(managedCall.priority());
    }

    /** Stops the calls of all nodes for this time. */
    void backOff(Duration wait) {
        budget.backOff(wait);
    }

    /** Notes the number of calls that the gateway reports as left. */
    void updateRemaining(int calls) {
        budget.updateRemaining(calls);
    }
}
