package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.Endpoints;
import java.util.List;

/** Knows which subscriptions of managed APIs have a limit of calls. */
@FunctionalInterface
public interface LimitedCalls {

    /** The subscriptions whose calls are limited, each with what is called with it. */
    List<Endpoints.Limited> subscriptions();
}
