package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the journal in the order of its numbers, for one follower: each entry once, and none is left out, however the
 * transactions that write overlap. See {@link RunJournal}. Call it outside of a transaction, again and again; one thread at a
 * time.
 */
public final class JournalFollower {
    private static final String LAST = "SELECT coalesce(pg_sequence_last_value('history_id_seq'), 0)";

    // a lock is given back after its transaction has become visible; readers, vacuum and analyze hold weaker ones
    private static final String WRITERS = """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND relation = 'history'::regclass AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')""";

    private static final String ENTRIES = """
            SELECT next.*, s.position FROM (
                SELECT %s FROM history h
                WHERE id >> 12 >= :after::bigint >> 12 AND id > :after AND id <= :settled ORDER BY id LIMIT :limit) next
            LEFT JOIN scoring s ON s.id = next.scoring_id ORDER BY next.id""".formatted(RunJournal.COLUMNS);

    private final JdbcClient jdbc;
    private long after;
    private long settled;
    private @Nullable Horizon horizon;

    /**
     * A follower that has read up to a number.
     *
     * @param after the number of the last entry that it has read; 0 for the beginning
     */
    public JournalFollower(JdbcClient jdbc, long after) {
        this.jdbc = jdbc;
        this.after = after;
        this.settled = after;
    }

    /**
     * An entry of the journal.
     *
     * @param run the run that it is of
     * @param move what was written down
     */
    public record Entry(long run, HistoryEntry move) {}

    /** The last number that was given out at some moment, and who could write then and has not ended. */
    private record Horizon(long last, Set<String> writers) {}

    /** Up to where it has read: what to keep, and to begin from again. */
    public long position() {
        return after;
    }

    /**
     * Skips everything that is complete now. Call it again until it returns true: some transactions may still write.
     *
     * @return whether nothing before {@link #position} will come any more
     */
    public boolean skip() {
        settle();
        if (horizon != null) {
            return false;
        }
        after = settled;
        return true;
    }

    /**
     * The next entries. None does not mean that there are none: what has just been written comes with a later call, as soon as
     * every transaction that was writing at the same time has ended.
     *
     * @param limit how many at most
     */
    public List<Entry> next(int limit) {
        if (settled <= after) {
            settle();
        }
        if (settled <= after) {
            return List.of();
        }
        List<Entry> entries = jdbc.sql(ENTRIES)
                .param("after", after)
                .param("settled", settled)
                .param("limit", limit)
                .query((row, n) -> new Entry(row.getLong("run_id"), ViewRowMappers.history(row, n)))
                .list();
        after = entries.size() < limit ? settled : entries.getLast().move().id();
        return entries;
    }

    /** First the number, then the writers: a later number belongs to a later writer. */
    private void settle() {
        Horizon now = horizon == null
                ? new Horizon(jdbc.sql(LAST).query(Long.class).single(), new HashSet<>(writers()))
                : horizon;
        if (!now.writers.isEmpty()) {
            now.writers.retainAll(writers());
        }
        if (now.writers.isEmpty()) {
            settled = Math.max(settled, now.last);
            horizon = null;
        } else {
            horizon = now;
        }
    }

    private Set<String> writers() {
        return Set.copyOf(jdbc.sql(WRITERS).query(String.class).list());
    }
}
