package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.JobAnswer.DeleteBeforeStart;
import dev.bes.sandbox.settings.JobAnswer.DoubleStart;
import dev.bes.sandbox.settings.JobAnswer.StartOfCancelled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One job and its state; every change is journalled in the order in which it happens. */
final class Job {

    private final String id;
    private final WebService service;
    private final Submission submission;
    private final Journal journal;
    private final InstantSource clock;
    private final Set<Execution> running = new HashSet<>();
    private JobState state = JobState.NOT_STARTED;
    private final Instant submitted;
    private @Nullable Instant startRequested;
    private Instant changed;
    private boolean started;
    private int queued;
    private @Nullable String details;
    private @Nullable Map<String, BlobReference> results;

    Job(String id, WebService service, Submission submission, Journal journal, InstantSource clock) {
        this.id = id;
        this.service = service;
        this.submission = submission;
        this.journal = journal;
        this.clock = clock;
        this.submitted = clock.instant();
        this.changed = submitted;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", service.name());
        facts.putAll(submission.summary());
        journal.append(Event.SUBMIT, id, facts);
    }

    String id() {
        return id;
    }

    WebService service() {
        return service;
    }

    Instant submitted() {
        return submitted;
    }

    Submission submission() {
        return submission;
    }

    /**
     * Requests a start. The journal records whether the job may run.
     *
     * @return whether it is to be queued
     */
    synchronized boolean start(Assumptions assumptions) {
        JobState before = state;
        boolean accepted = switch (before) {
            case CANCELLED -> assumptions.has(StartOfCancelled.REVIVES);
            default -> !started || assumptions.has(DoubleStart.EXECUTED_TWICE);
        };
        journal.append(Event.START, id, Map.of("accepted", accepted, "state", before.remoteName));
        if (accepted) {
            queue();
        } else if (before == JobState.CANCELLED || assumptions.has(DoubleStart.REFUSED)) {
            throw Problem.CANNOT_START_JOB.about(before.remoteName);
        }
        return accepted;
    }

    /** Begins to run; null if the job was cancelled in the queue. */
    synchronized @Nullable Execution run() {
        if (queued == 0) {
            return null;
        }
        queued--;
        Execution execution = new Execution(this);
        running.add(execution);
        move(JobState.RUNNING);
        return execution;
    }

    synchronized boolean isRunning(Execution execution) {
        return running.contains(execution);
    }

    synchronized boolean finish(Execution execution, Map<String, BlobReference> outputs) {
        if (!running.remove(execution)) {
            return false;
        }
        results = outputs;
        move(JobState.FINISHED);
        return true;
    }

    synchronized boolean fail(Execution execution, String text) {
        if (!running.remove(execution)) {
            return false;
        }
        details = text;
        move(JobState.FAILED);
        return true;
    }

    /** Cancels it unless it has ended; returns the number of its executions that stop. */
    synchronized int delete(Assumptions assumptions) {
        journal.append(Event.DELETE, id, Map.of("state", state.remoteName));
        boolean ignored = !started && assumptions.has(DeleteBeforeStart.IGNORED);
        int stopped = running.size();
        if (isUnderWay() || (state == JobState.NOT_STARTED && !ignored)) {
            queued = 0;
            running.clear();
            move(JobState.CANCELLED);
        }
        return stopped;
    }

    /** Whether it is not under way and has not changed since this time. */
    synchronized boolean isIdleSince(Instant then) {
        return !isUnderWay() && !changed.isAfter(then);
    }

    synchronized boolean isQueued() {
        return queued > 0;
    }

    /**
     * What a page shows of it.
     *
     * @param place its place in the queue, from 1; null if it does not wait
     */
    synchronized JobView view(@Nullable Integer place) {
        return new JobView(
                id,
                state,
                submitted,
                startRequested,
                changed,
                state == JobState.NOT_STARTED ? place : null,
                submission.inputs(),
                results == null ? submission.outputs() : results,
                submission.parameters(),
                details);
    }

    /** What a status call shows. */
    synchronized Status status() {
        return new Status(state, results, details);
    }

    private boolean isUnderWay() {
        return queued > 0 || !running.isEmpty();
    }

    private void queue() {
        if (state == JobState.CANCELLED) {
            move(JobState.NOT_STARTED);
        }
        started = true;
        queued++;
        changed = clock.instant();
        startRequested = changed;
    }

    private void move(JobState to) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("from", state.remoteName);
        facts.put("to", to.remoteName);
        if (details != null) {
            facts.put("details", details);
        }
        state = to;
        changed = clock.instant();
        journal.append(Event.STATE, id, facts);
    }

    /** The status of a job at one moment. */
    record Status(
            JobState state,
            @Nullable Map<String, BlobReference> results,
            @Nullable String details) {}
}
