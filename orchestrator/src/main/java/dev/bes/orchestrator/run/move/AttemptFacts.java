package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Move.Fact;
import dev.bes.orchestrator.run.State;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The new facts of a move about its attempt, as columns of its row.
 *
 * @param what which fact it is
 * @param staged the staged inputs by name
 * @param rowsIn data rows of the first of them
 * @param attemptState state of the attempt afterwards; null if it does not change
 * @param nonce the intent that its job, or its answer, comes from
 * @param jobId the remote job's id
 * @param outputs the delivered outputs by name
 * @param carrier the scoring whose remote job it shares; null if it shares none, or if this is known already
 * @param carrierAttempt the attempt of that scoring
 * @param part where its rows are in the answer of that job
 * @param rowsScored rows that are scored in batches
 */
record AttemptFacts(
        String what,
        @Nullable Object staged,
        @Nullable Long rowsIn,
        @Nullable State attemptState,
        @Nullable UUID nonce,
        @Nullable String jobId,
        @Nullable Object outputs,
        @Nullable Long carrier,
        @Nullable Integer carrierAttempt,
        @Nullable Object part,
        @Nullable Long rowsScored) {

    private AttemptFacts(
            String what,
            @Nullable Object staged,
            @Nullable Long rowsIn,
            @Nullable State attemptState,
            @Nullable UUID nonce,
            @Nullable String jobId,
            @Nullable Object outputs) {
        this(what, staged, rowsIn, attemptState, nonce, jobId, outputs, null, null, null, null);
    }

    /** A new fact about the shared job. */
    static AttemptFacts shared(String what, @Nullable State attemptState) {
        return new AttemptFacts(what, null, null, attemptState, null, null, null);
    }

    /** The input of an attempt is staged for a shared job. */
    static AttemptFacts staged(Object staged, long rowsIn, long carrier, int carrierAttempt) {
        return new AttemptFacts("staged", staged, rowsIn, null, null, null, null, carrier, carrierAttempt, null, null);
    }

    /** The rows of an attempt have come with those of others. */
    static AttemptFacts answered(Object part) {
        return new AttemptFacts("scored", null, null, State.RUNNING, null, null, null, null, null, part, null);
    }

    /** The columns, for a set of rows. */
    static final String COLUMNS =
            "what text, staged json, rows_in bigint, attempt_state text, nonce uuid, job_id text, outputs json,"
                    + " carrier bigint, carrier_attempt int, part json, rows_scored bigint";

    /** Parts of a statement that write the facts of {@code moved} rows. */
    static final String WRITE = """
            staged AS (
                INSERT INTO attempt (scoring_id, number, staged, rows_in, endpoint, carrier_id, carrier_attempt)
                SELECT id, from_attempt, staged, rows_in, endpoint, carrier, carrier_attempt FROM moved WHERE what = 'staged'
            ), known AS (
                UPDATE attempt a SET
                    state = coalesce(m.attempt_state, a.state),
                    cause = CASE WHEN m.what = 'ended' THEN coalesce(m.cause, a.cause) ELSE a.cause END,
                    nonce = coalesce(m.nonce, a.nonce),
                    job_id = coalesce(m.job_id, a.job_id),
                    outputs = coalesce(m.outputs, a.outputs),
                    part = coalesce(m.part, a.part),
                    rows_scored = coalesce(m.rows_scored, a.rows_scored),
                    submitted_at = CASE WHEN m.job_id IS NOT NULL THEN clock_timestamp() ELSE a.submitted_at END,
                    started_at = CASE WHEN m.what = 'started' THEN clock_timestamp() ELSE a.started_at END,
                    running_at = CASE WHEN m.what = 'running' THEN clock_timestamp() ELSE a.running_at END,
                    scored_at = CASE WHEN m.what = 'scored' THEN clock_timestamp() ELSE a.scored_at END,
                    ended_at = CASE WHEN m.what = 'ended' THEN clock_timestamp() ELSE a.ended_at END
                FROM moved m
                WHERE m.what <> 'staged' AND a.scoring_id = m.id AND a.number = m.from_attempt
                  AND (m.job_id IS NULL OR a.job_id IS NULL)
            )""";

    /** The columns of a move; null for a move without new facts. */
    static @Nullable AttemptFacts of(Move move) {
        return switch (move.fact()) {
            case Fact.Nothing() -> null;
            case Fact.NeedsAttention(var attention) -> null;
            case Fact.Resumed() -> null;
            case Fact.Staged(var inputs, var rowsIn, var members) ->
                new AttemptFacts("staged", inputs, rowsIn, null, null, null, null);
            case Fact.Unfolded(var members) ->
                new AttemptFacts("ended", null, null, move.to().state(), null, null, Map.of());
            case Fact.Submitted(var nonce, var jobId) ->
                new AttemptFacts("bound", null, null, null, nonce, jobId, null);
            case Fact.Called(var nonce) -> new AttemptFacts("called", null, null, null, nonce, null, null);
            case Fact.Started(var bound) ->
                new AttemptFacts(
                        "started",
                        null,
                        null,
                        null,
                        bound == null ? null : bound.nonce(),
                        bound == null ? null : bound.jobId(),
                        null);
            case Fact.Running() -> new AttemptFacts("running", null, null, State.RUNNING, null, null, null);
            case Fact.Scored(var rows) ->
                new AttemptFacts("scored", null, null, State.RUNNING, null, null, null, null, null, null, rows);
            case Fact.Answered(var nonce) -> new AttemptFacts("scored", null, null, State.RUNNING, nonce, null, null);
            case Fact.InputUnreadable(var attention) ->
                new AttemptFacts("ended", null, null, State.FAILED, null, null, null);
            case Fact.Ended(var state, var outputs) ->
                new AttemptFacts("ended", null, null, state, null, null, outputs);
        };
    }
}
