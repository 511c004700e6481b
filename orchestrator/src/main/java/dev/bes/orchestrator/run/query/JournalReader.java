package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.query.JournalFollower.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a part of the journal that a {@link JournalFollower} has already passed, so that it is complete. */
@Component
public class JournalReader {
    private static final String ENTRIES = """
            SELECT next.*, s.position FROM (
                SELECT %s FROM history h
                WHERE %%s AND id > :after AND id <= :to ORDER BY id LIMIT :limit) next
            LEFT JOIN scoring s ON s.id = next.scoring_id ORDER BY next.id""".formatted(RunJournal.COLUMNS);

    private final JdbcClient jdbc;

    JournalReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The entries between two numbers, in order.
     *
     * @param run only those of this run; null for all
     * @param after the number before the first one
     * @param to the last number; a follower must have passed it
     * @param limit how many at most
     */
    public List<Entry> between(@Nullable Long run, long after, long to, int limit) {
        String which =
                run == null ? "id >> 12 >= :after::bigint >> 12 AND id >> 12 <= :to::bigint >> 12" : "run_id = :run";
        return jdbc.sql(ENTRIES.formatted(which))
                .param("run", run)
                .param("after", after)
                .param("to", to)
                .param("limit", limit)
                .query((row, n) -> new Entry(row.getLong("run_id"), ViewRowMappers.history(row, n)))
                .list();
    }

    /**
     * A follower of the journal.
     *
     * @param after the number of the last entry that it has read; 0 for the beginning
     */
    public JournalFollower follower(long after) {
        return new JournalFollower(jdbc, after);
    }
}
