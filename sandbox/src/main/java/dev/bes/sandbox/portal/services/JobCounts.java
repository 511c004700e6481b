package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.bes.JobState;
import dev.bes.sandbox.bes.JobView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs of a service in numbers.
 *
 * @param byState the number of jobs by the name of their state, each state once
 * @param waiting the number of jobs in the queue
 */
public record JobCounts(Map<String, Integer> byState, int waiting) {

    static final List<String> STATES =
            Arrays.stream(JobState.values()).map(JobState::remoteName).toList();

    static JobCounts of(List<JobView> jobs) {
        Map<String, Integer> byState = new LinkedHashMap<>();
        STATES.forEach(state -> byState.put(state, 0));
        int waiting = 0;
        for (JobView job : jobs) {
            byState.merge(job.state().remoteName(), 1, Integer::sum);
            waiting += job.place() == null ? 0 : 1;
        }
        return new JobCounts(byState, waiting);
    }

    /** The number of all jobs. */
    public int all() {
        return byState.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The number of jobs that run. */
    public int running() {
        return byState.getOrDefault(JobState.RUNNING.remoteName(), 0);
    }
}
