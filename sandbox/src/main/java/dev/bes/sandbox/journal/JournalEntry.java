package dev.bes.sandbox.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal.
 *
 * @param seq the position, from 1, without gaps
 * @param at when it was written, by the sandbox's clock
 * @param job the job's id, where the entry is about one
 * @param facts what else is known; never a key, a SAS token or a parameter's value
 */
public record JournalEntry(
        long seq, Instant at, Event event, @Nullable String job, Map<String, Object> facts) {

    /** What happened. */
    public enum Event {
        /** A call was answered: facts {@code port, method, path, query, status, micros}. */
        CALL,
        /** A job was registered: facts {@code service, inputs, outputs, parameters}. */
        SUBMIT,
        /** A start was asked for: facts {@code accepted}, whether it lets the job run, and {@code state} before it. */
        START,
        /** A job changed: facts {@code from, to} and {@code details} when it failed. */
        STATE,
        /** Rows were scored at once: facts {@code service, rows} and {@code sha256}, of the answer as a CSV file. */
        EXECUTE,
        /** An output is in place: facts {@code name, path, sha256, rows}. */
        OUTPUT,
        /** A cancel or delete was asked for: fact {@code state} before it. */
        DELETE
    }

    /** One of the facts, or null when the entry has none of that name. */
    public @Nullable Object fact(String name) {
        return facts.get(name);
    }
}
