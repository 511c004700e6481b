package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import org.jspecify.annotations.Nullable;

/** One endpoint of the settings, opened by its kind. */
public interface RemoteEndpoint {

    /** Its jobs. The type decides the submit protocol. */
    RemoteJobs jobs();

    /** Its service that scores in one call; null if it has none. */
    default @Nullable OneCallService oneCall() {
        return null;
    }

    /** The number of jobs that may be submitted and started now; {@link Integer#MAX_VALUE} if there is no limit. */
    default int allowedLaunches() {
        return Integer.MAX_VALUE;
    }

    /** The number of jobs whose status may be requested now; {@link Integer#MAX_VALUE} if there is no limit. */
    default int allowedPolls() {
        return Integer.MAX_VALUE;
    }

    /** Its health, as the recent calls of this node have shown it. Makes no call. */
    default ObservedHealth observedHealth() {
        return ObservedHealth.UNKNOWN;
    }
}
