package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.bes.JobState;
import dev.bes.sandbox.bes.JobView;
import dev.bes.sandbox.portal.ShownTime;
import org.jspecify.annotations.Nullable;

/**
 * A job as the pages show it.
 *
 * @param place its place in the queue, from 1; null if it does not wait
 * @param started when its start was accepted; null before
 * @param ended when it ended; null before
 */
public record JobRow(
        String id,
        String state,
        @Nullable Integer place,
        ShownTime submitted,
        @Nullable ShownTime started,
        @Nullable ShownTime ended,
        @Nullable String details) {

    static JobRow of(JobView job) {
        boolean ended = job.state() != JobState.NOT_STARTED && job.state() != JobState.RUNNING;
        return new JobRow(
                job.id(),
                job.state().remoteName(),
                job.place(),
                new ShownTime(job.submitted()),
                job.startRequested() == null ? null : new ShownTime(job.startRequested()),
                ended ? new ShownTime(job.changed()) : null,
                job.details());
    }

    /** Whether it may still change. */
    public boolean live() {
        return ended == null;
    }
}
