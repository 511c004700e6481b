package dev.bes.orchestrator.run.journal;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One move in the history of a run.
 *
 * @param id its number in the journal of all runs
 * @param scoring position of the scoring that moved; none for the run itself
 * @param seq number of the move, from 1 without gaps
 * @param attempt number of the attempt
 * @param fromStep step before
 * @param toStep step after
 * @param from state before
 * @param to state after
 * @param at when, by the database clock
 * @param cause why
 * @param remoteWord the remote's own word
 * @param node the node that wrote the entry
 * @param actor the actor that caused it
 */
public record HistoryEntry(
        long id,
        @Nullable Integer scoring,
        int seq,
        @Nullable Integer attempt,
        @Nullable String fromStep,
        @Nullable String toStep,
        State from,
        State to,
        Instant at,
        @Nullable String cause,
        @Nullable String remoteWord,
        String node,
        Actor actor) {}
