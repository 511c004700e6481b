package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Derives the state of runs from their scorings, in the transaction that moves them. */
@Component
public class RunStateRollup {
    private static final String START = """
            WITH moved AS (
                UPDATE run SET state = 'Running', moves = moves + 1
                WHERE id = ANY(:runs) AND state = 'NotStarted'
                RETURNING id, moves, 'NotStarted' AS from_state, state, NULL::text AS cause)""";

    // the lock first, the look at the scorings after it: of two that end the last two scorings, the second sees both
    private static final String LOCK = """
            SELECT id FROM run r WHERE id = ANY(:runs) AND ended_at IS NULL
            ORDER BY id FOR NO KEY UPDATE""";

    // materialized: the scorings of a run are read once, when it is over, and not whenever one of them ends;
    // limit: keeps the planner from a join that reads all live scorings of all runs
    private static final String END = """
            WITH over AS MATERIALIZED (
                SELECT r.id, r.state AS from_state FROM run r
                WHERE r.id = ANY(:runs) AND r.ended_at IS NULL
                  AND (SELECT live.id FROM scoring live
                       WHERE live.run_id = r.id AND live.state IN ('NotStarted', 'Running') LIMIT 1) IS NULL
            ), done AS (
                SELECT over.id, over.from_state, count(*) AS scorings,
                       count(*) FILTER (WHERE s.state = 'Failed') AS failed,
                       count(*) FILTER (WHERE s.state = 'Cancelled') AS cancelled,
                       min(s.cause) FILTER (WHERE s.state = 'Failed') AS failure,
                       min(s.cause) FILTER (WHERE s.state = 'Cancelled') AS cancellation
                FROM over JOIN scoring s ON s.run_id = over.id
                GROUP BY over.id, over.from_state
            ), moved AS (
                UPDATE run r SET
                    state = CASE WHEN failed > 0 THEN 'Failed' WHEN cancelled > 0 THEN 'Cancelled' ELSE 'Finished' END,
                    cause = CASE WHEN failed > 0 AND done.scorings > 1 THEN failed || ' of ' || done.scorings || ' failed: ' || failure
                                 WHEN failed > 0 THEN failure ELSE cancellation END,
                    ended_at = clock_timestamp(), moves = moves + 1
                FROM done WHERE r.id = done.id
                RETURNING r.id, r.moves, done.from_state, r.state, r.cause, r.definition, r.trigger,
                    extract(epoch FROM r.ended_at - r.created_at) * 1000 AS duration_ms)""";

    private final JdbcClient jdbc;
    private final RunJournal journal;

    public RunStateRollup(JdbcClient jdbc, RunJournal journal) {
        this.jdbc = jdbc;
        this.journal = journal;
    }

    /**
     * A run that has ended.
     *
     * @param serves whether it serves another run: it has the job of other scorings, or is the shadow of one
     * @param duration from its acceptance
     */
    record EndedRun(String definition, boolean serves, State state, Duration duration) {}

    /**
     * Moves the runs as their scorings have moved, and returns those that have ended.
     *
     * @param started runs of scorings that run now
     * @param perhapsDone runs of scorings that have ended
     */
    List<EndedRun> follow(Long[] started, Long[] perhapsDone, Actor by) {
        if (started.length > 0) {
            journal.ofRuns(START, by).param("runs", started).update();
        }
        return perhapsDone.length == 0 ? List.of() : end(by, perhapsDone);
    }

    private List<EndedRun> end(Actor by, Long... runs) {
        jdbc.sql(LOCK).param("runs", runs).query(Long.class).list();
        return journal.ofEnded(END, by)
                .param("runs", runs)
                .query((row, n) -> new EndedRun(
                        row.getString("definition"),
                        TriggerKind.of(row.getString("trigger")).serves(),
                        State.of(row.getString("state")),
                        Duration.ofMillis(row.getLong("duration_ms"))))
                .list();
    }
}
