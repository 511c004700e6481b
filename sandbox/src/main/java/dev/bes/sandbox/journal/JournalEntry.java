package dev.bes.sandbox.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal.
 *
 * @param seq the position, from 1, without gaps
 * @param at when it was written, by the sandbox's clock
 * @param job id of the job; null if the entry is not about a job
 * @param facts further facts; never a key, a SAS token or a parameter's value
 */
public record JournalEntry(
        long seq, Instant at, Event event, @Nullable String job, Map<String, Object> facts) {

    /** What happened. */
    public enum Event {
        /** A call was answered: facts {@code port, method, path, query, status, micros}. */
        CALL,
        /** A job was registered: facts {@code service, inputs, outputs, parameters}. */
        SUBMIT,
        /** A start was requested: facts {@code accepted}, whether it lets the job run, and {@code state} before it. */
        START,
        /** A job changed: facts {@code from, to}, {@code details} when it failed, and {@code status} in the words of its endpoint. */
        STATE,
        /** Rows were scored at once: facts {@code service, rows} and {@code sha256}, of the answer as a CSV file. */
        EXECUTE,
        /** An output was written: facts {@code name, path, sha256, rows}. */
        OUTPUT,
        /** A cancel or delete was requested: fact {@code state} before it. */
        DELETE
    }

    /** A fact by name; null when the entry does not have it. */
    public @Nullable Object fact(String name) {
        return facts.get(name);
    }
}
