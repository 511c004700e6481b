package dev.bes.orchestrator.run.journal;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The journal of runs, and the only writer of history. Every entry is written by the statement that makes the move, so that
 * there is no move without its entry, and no round trip more for a whole set.
 *
 * <p>Each entry has a number, {@code history.id}. Numbers are given out when entries are written, and entries are seen when
 * their transaction commits: number 8 may be visible while 7 is still to come. A reader who asks for "all after the
 * last number that I have seen" loses 7. It is sound to read up to a number that was the last one given out at some moment,
 * once every transaction has ended that could write at that moment. It holds a lock on the table until it is visible to
 * others, from before it takes its first number. {@code JournalFollower} reads so. This needs a sequence without a cache.
 */
@Component
public class RunJournal {
    /** The columns of an entry, for statements that read history; {@code caused_by} is its actor, most often the node that wrote it. */
    public static final String COLUMNS =
            "id, run_id, scoring_id, seq, attempt, from_step, to_step, from_state, to_state, at, cause, remote_word, node,"
                    + " coalesce(actor, 'node:' || node) AS caused_by";

    /** Part of a statement that purges the entries of scorings that are {@code gone}. */
    public static final String PURGE =
            "DELETE FROM history h USING gone WHERE h.run_id = gone.run_id AND h.scoring_id = gone.id";

    private static final String OF_SCORINGS = """

            INSERT INTO history (run_id, scoring_id, seq, attempt, from_step, to_step, from_state, to_state,
                                 cause, remote_word, node, actor)
            SELECT run_id, id, seq, from_attempt, from_step, to_step, from_state, to_state,
                   cause, remote_word, :node, :actor::text
            FROM moved RETURNING scoring_id""";

    private static final String OF_RUNS = """

            INSERT INTO history (run_id, seq, from_state, to_state, cause, node, actor)
            SELECT id, moves, from_state, state, cause, :node, :actor::text FROM moved""";

    private static final String OF_ENDED = """
            , entry AS (
                INSERT INTO history (run_id, seq, from_state, to_state, cause, node, actor)
                SELECT id, moves, from_state, state, cause, :node, :actor::text FROM moved)
            SELECT * FROM moved""";

    private static final String OF_ACCEPTED = """
            , entry AS (
                INSERT INTO history (run_id, seq, from_state, to_state, cause, node, actor)
                SELECT id, moves, state, state, coalesce('accepted as a rerun of run ' || accepted.rerun_of,
                       'accepted for backfill ' || accepted.backfill, 'accepted'), :node, actor
                FROM accepted JOIN input USING (definition, occurrence))%s
            SELECT * FROM accepted""".formatted(AuditLog.OF_REQUESTED);

    private final JdbcClient jdbc;
    private final Actor self;

    public RunJournal(PlannerSwitches switches, Node node) {
        this.jdbc = switches.jdbc();
        this.self = Actor.node(node.name());
    }

    /** The node itself, for what it does on its own account. */
    public Actor self() {
        return self;
    }

    /**
     * A statement that moves scorings and writes an entry for each; it returns their ids.
     *
     * @param moves {@code WITH … moved AS (…)}: what moved, and from where to where
     */
    public StatementSpec ofScorings(String moves, Actor by) {
        return statement(moves + OF_SCORINGS, by);
    }

    /**
     * A statement that moves runs and writes an entry for each.
     *
     * @param moves {@code WITH … moved AS (…)} with id, moves, from_state, state and cause
     */
    public StatementSpec ofRuns(String moves, Actor by) {
        return statement(moves + OF_RUNS, by);
    }

    /** A statement that ends runs and writes an entry for each; it returns their rows. */
    public StatementSpec ofEnded(String moves, Actor by) {
        return statement(moves + OF_ENDED, by);
    }

    /**
     * A statement that accepts runs and writes the first entry of the history of each, and a row of the audit if somebody
     * requested it; it returns their rows.
     *
     * @param insert {@code WITH input AS (…), accepted AS (…) …}; both with definition and occurrence, {@code input} with actor
     *     (null for this node itself) and what {@link AuditLog#OF_REQUESTED} needs, {@code accepted} with id, moves, state,
     *     rerun_of and backfill
     */
    public StatementSpec ofAccepted(String insert) {
        return jdbc.sql(insert + OF_ACCEPTED).param("node", self.name());
    }

    /** Whether an actor is this node itself, which an entry does not name twice. */
    public boolean isSelf(Actor actor) {
        return actor.equals(self);
    }

    private StatementSpec statement(String sql, Actor by) {
        return jdbc.sql(sql).param("node", self.name()).param("actor", isSelf(by) ? null : by.toString());
    }
}
