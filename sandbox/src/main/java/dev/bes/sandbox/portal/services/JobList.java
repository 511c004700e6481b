package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.bes.JobState;
import dev.bes.sandbox.bes.JobView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of the jobs of a service.
 *
 * @param state the state of all its jobs; null for any
 * @param page its number, from 1
 * @param pages the number of pages, at least 1
 * @param first the number of its first job among all of the list, from 1
 * @param total the number of jobs on all pages
 */
public record JobList(List<JobRow> jobs, @Nullable String state, int page, int pages, int first, int total) {

    static final int PAGE_SIZE = 50;

    static JobList of(List<JobView> all, Optional<JobState> state, int page) {
        List<JobView> wanted = all.stream()
                .filter(job -> state.isEmpty() || job.state() == state.get())
                .toList();
        int pages = Math.max(1, Math.ceilDiv(wanted.size(), PAGE_SIZE));
        int shown = Math.min(page, pages);
        int first = (shown - 1) * PAGE_SIZE;
        List<JobRow> jobs =
                wanted.stream().skip(first).limit(PAGE_SIZE).map(JobRow::of).toList();
        return new JobList(jobs, state.map(JobState::remoteName).orElse(null), shown, pages, first + 1, wanted.size());
    }

    /** The number of its last job among all of the list. */
    public int last() {
        return first + jobs.size() - 1;
    }
}
