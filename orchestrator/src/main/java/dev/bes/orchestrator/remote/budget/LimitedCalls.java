package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.Endpoints;
import java.util.List;

/** Lists the subscriptions of managed APIs that have a limit of calls. */
@FunctionalInterface
public interface LimitedCalls {

    /** The subscriptions whose calls are limited, each with its endpoints. */
    List<Endpoints.LimitedSubscription> subscriptions();
}
