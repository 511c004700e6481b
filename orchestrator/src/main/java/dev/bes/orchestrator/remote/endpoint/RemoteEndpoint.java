package dev.bes.orchestrator.remote.endpoint;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import org.jspecify.annotations.Nullable;

/** One endpoint of the settings, opened by its kind. */
public interface RemoteEndpoint {

    /** Its jobs, whose type decides the submit protocol; null if it scores rows and has no jobs. */
    @Nullable
    RemoteJobs jobs();

    /** Its service that scores rows in batches of ours; null if it has jobs. */
    default @Nullable RowService rows() {
        return null;
    }

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
