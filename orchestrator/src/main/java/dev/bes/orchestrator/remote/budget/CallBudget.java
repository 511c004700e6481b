package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.util.function.IntFunction;

/** The calls that may be made on one subscription of the managed API. */
public interface CallBudget {

    /**
     * Takes one call from the budget.
     *
     * @throws Throttled if no call is available
     */
    Permit acquire(CallPriority callPriority);

    /** Estimates the calls that are available now. Reads no database. */
    int estimateAvailable(CallPriority callPriority);

    /** Estimates in how much time a number of calls can be made; zero if now. */
    IntFunction<Duration> forecast();

    /** Stops the calls of all nodes for this time, as the gateway has asked. */
    void backOff(Duration wait);

    /** Notes the calls that the gateway reports as left. They are fewer than expected if others use the subscription. */
    void updateRemaining(int calls);

    /** One call that may be made. It counts until it is released, or until the limit's period after its answer. */
    interface Permit {
        /** Returns a call that was not made. */
        void release();

        /** Ends the call, with or without an answer. */
        void answered();
    }
}
