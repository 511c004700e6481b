package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import org.jspecify.annotations.Nullable;

/** One endpoint of the settings, as its kind speaks to it. */
public interface RemoteEndpoint {

    /** Its jobs; the type tells the class of the submit protocol. */
    RemoteJobs jobs();

    /** Its way to score in one call; null if it has none. */
    default @Nullable OneCallService oneCall() {
        return null;
    }

    /** How many jobs may be submitted and started now; {@link Integer#MAX_VALUE} if there is no limit. */
    default int launches() {
        return Integer.MAX_VALUE;
    }

    /** How many jobs may be asked about now; {@link Integer#MAX_VALUE} if there is no limit. */
    default int polls() {
        return Integer.MAX_VALUE;
    }

    /** What the calls of this node have shown of it lately; nobody is asked. */
    default ObservedHealth condition() {
        return ObservedHealth.UNKNOWN;
    }
}
