package dev.bes.api.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the history: one change of a run or of a scoring.
 *
 * @param id its number in the history of all runs; later entries have greater ones
 * @param scoring position of the scoring that moved; null for the run itself
 * @param seq number of the move, from 1 without gaps
 * @param attempt number of the attempt
 * @param fromStep step before
 * @param toStep step after
 * @param from state before
 * @param to state after
 * @param at when, by the clock of the database
 * @param cause why
 * @param remoteWord the state in the remote service's own word
 * @param node which node wrote the entry
 * @param actor who caused it, as {@code kind:name}: a schedule, a file, a request, a user or a node
 */
public record HistoryEntryJson(
        long id,
        @Nullable Integer scoring,
        int seq,
        @Nullable Integer attempt,
        @Nullable String fromStep,
        @Nullable String toStep,
        StateJson from,
        StateJson to,
        Instant at,
        @Nullable String cause,
        @Nullable String remoteWord,
        String node,
        String actor) {}
