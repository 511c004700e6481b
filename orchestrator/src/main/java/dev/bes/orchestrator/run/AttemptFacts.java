package dev.bes.orchestrator.run;

import dev.bes.orchestrator.run.Move.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what moves make known of their attempts. */
final class AttemptFacts {
    private static final String STAGED = """
            INSERT INTO attempt (scoring_id, n, staged, rows_in, endpoint)
            SELECT scoring, n, staged, rows_in, endpoint
            FROM json_to_recordset(:rows::json) AS m(
                scoring bigint, n int, staged json, rows_in bigint, endpoint text)""";

    private static final String UPDATE = """
            UPDATE attempt a SET
                state = coalesce(m.state, a.state),
                cause = coalesce(m.cause, a.cause),
                nonce = coalesce(m.nonce, a.nonce),
                job_id = coalesce(m.job_id, a.job_id),
                outputs = coalesce(m.outputs, a.outputs),
                bound_at = CASE WHEN m.job_id IS NOT NULL THEN clock_timestamp() ELSE a.bound_at END,
                started_at = CASE WHEN m.what = 'started' THEN clock_timestamp() ELSE a.started_at END,
                running_at = CASE WHEN m.what = 'running' THEN clock_timestamp() ELSE a.running_at END,
                scored_at = CASE WHEN m.what = 'scored' THEN clock_timestamp() ELSE a.scored_at END,
                ended_at = CASE WHEN m.what = 'ended' THEN clock_timestamp() ELSE a.ended_at END
            FROM json_to_recordset(:rows::json) AS m(
                scoring bigint, n int, what text, state text, cause text, nonce uuid, job_id text, outputs json)
            WHERE a.scoring_id = m.scoring AND a.n = m.n AND (m.job_id IS NULL OR a.job_id IS NULL)""";

    private final JdbcClient jdbc;

    AttemptFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void record(List<Move> moves) {
        List<Staged> staged = new ArrayList<>();
        List<Update> updates = new ArrayList<>();
        for (Move move : moves) {
            switch (move.fact()) {
                case Fact.Nothing() -> {}
                case Fact.Parked(var attention) -> {}
                case Fact.Resumed() -> {}
                case Fact.Staged fact -> staged.add(Staged.of(move.claim(), fact));
                case Fact fact -> updates.add(Update.of(move, fact));
            }
        }
        write(STAGED, staged);
        write(UPDATE, updates);
    }

    private void write(String sql, List<? extends Record> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(sql).param("rows", Sets.rows(rows)).update();
        }
    }

    private record Staged(long scoring, int n, Object staged, long rowsIn, String endpoint) {
        static Staged of(Claim claim, Fact.Staged fact) {
            return new Staged(claim.scoring(), claim.attempt(), fact.inputs(), fact.rowsIn(), claim.endpoint());
        }
    }

    private record Update(
            long scoring,
            int n,
            String what,
            @Nullable State state,
            @Nullable String cause,
            @Nullable UUID nonce,
            @Nullable String jobId,
            @Nullable Object outputs) {

        static Update of(Move move, Fact fact) {
            long scoring = move.claim().scoring();
            int n = move.claim().attempt();
            return switch (fact) {
                case Fact.Bound(var nonce, var jobId) ->
                    new Update(scoring, n, "bound", null, null, nonce, jobId, null);
                case Fact.Started() -> new Update(scoring, n, "started", null, null, null, null, null);
                case Fact.Running() -> new Update(scoring, n, "running", State.RUNNING, null, null, null, null);
                case Fact.Scored() -> new Update(scoring, n, "scored", State.RUNNING, null, null, null, null);
                case Fact.Answered(var nonce) ->
                    new Update(scoring, n, "scored", State.RUNNING, null, nonce, null, null);
                case Fact.Ended(var state, var outputs) ->
                    new Update(scoring, n, "ended", state, move.cause(), null, null, outputs);
                default -> throw new IllegalStateException("Nothing to update for " + fact);
            };
        }
    }
}
