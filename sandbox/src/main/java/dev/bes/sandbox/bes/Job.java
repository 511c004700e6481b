package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job and its state; every change is journalled in the order in which it happens. */
final class Job {

    private final String id;
    private final WebService service;
    private final Submission submission;
    private final Journal journal;
    private JobState state = JobState.NOT_STARTED;
    private boolean started;
    private @Nullable String details;
    private @Nullable Map<String, BlobReference> results;

    Job(String id, WebService service, Submission submission, Journal journal) {
        this.id = id;
        this.service = service;
        this.submission = submission;
        this.journal = journal;
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

    Submission submission() {
        return submission;
    }

    /** Lets the job be queued, once. */
    synchronized void start() {
        boolean accepted = !started && state == JobState.NOT_STARTED;
        journal.append(Event.START, id, Map.of("accepted", accepted, "state", state.word));
        if (!accepted) {
            throw Problem.CANNOT_START_JOB.about(state.word);
        }
        started = true;
    }

    /** Whether it runs now; a job cancelled in the queue does not. */
    synchronized boolean run() {
        if (state != JobState.NOT_STARTED) {
            return false;
        }
        move(JobState.RUNNING);
        return true;
    }

    synchronized boolean isRunning() {
        return state == JobState.RUNNING;
    }

    /** Whether this call ended it; a job cancelled in the meantime stays so. */
    synchronized boolean finish(Map<String, BlobReference> outputs) {
        if (state != JobState.RUNNING) {
            return false;
        }
        results = outputs;
        move(JobState.FINISHED);
        return true;
    }

    /** Whether this call ended it. */
    synchronized boolean fail(String text) {
        if (state != JobState.RUNNING) {
            return false;
        }
        details = text;
        move(JobState.FAILED);
        return true;
    }

    /** Cancels it unless it has ended; whether it was running. */
    synchronized boolean delete() {
        journal.append(Event.DELETE, id, Map.of("state", state.word));
        boolean running = state == JobState.RUNNING;
        if (running || state == JobState.NOT_STARTED) {
            move(JobState.CANCELLED);
        }
        return running;
    }

    /** What a status call shows. */
    synchronized Status status() {
        return new Status(state, results, details);
    }

    private void move(JobState to) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("from", state.word);
        facts.put("to", to.word);
        if (details != null) {
            facts.put("details", details);
        }
        state = to;
        journal.append(Event.STATE, id, facts);
    }

    /** A moment of the job's life. */
    record Status(
            JobState state,
            @Nullable Map<String, BlobReference> results,
            @Nullable String details) {}
}
