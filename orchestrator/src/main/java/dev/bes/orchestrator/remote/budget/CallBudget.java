package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.util.function.IntFunction;

/** The calls that may be made on one subscription of the managed API. */
public interface CallBudget {

    /**
     * Takes one call.
     *
     * @throws Throttled if there is none now
     */
    Permit take(CallPriority callPriority);

    /** How many calls there may be now; a guess, which asks nobody. */
    int likely(CallPriority callPriority);

    /** In how much time a number of calls can be made, as things stand; nothing if they can be made now. */
    IntFunction<Duration> forecast();

    /** Lets no node call for a while, since the gateway asked for that. */
    void shut(Duration wait);

    /** The gateway has said how many calls its rate limit has left: fewer than we think if others use the subscription. */
    void remaining(int calls);

    /** One call that may be made; it counts until it is given back, or its answer is as old as the limit's period. */
    interface Permit {
        /** The call was not made. */
        void giveBack();

        /** The call has its answer, or will have none. */
        void answered();
    }
}
