package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.trigger.backfill.BackfillRequest.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A backfill: runs for a range of past fire times of a schedule, a few at a time.
 *
 * @param scope which of the times got an item
 * @param parallel how many of its runs are unfinished at most at the same time
 * @param actor who asked for it, as {@code kind:name}
 * @param endedAt when its last run had ended, or when it was cancelled; null before
 * @param items how many runs it is to start
 * @param started how many of them it has started
 * @param found how many times somebody else had started meanwhile
 * @param rejected how many of its runs failed at once
 */
public record Backfill(
        long id,
        String definition,
        String schedule,
        Instant from,
        Instant to,
        Scope scope,
        boolean newestFirst,
        int parallel,
        State state,
        String actor,
        Instant createdAt,
        @Nullable Instant endedAt,
        int items,
        int started,
        int found,
        int rejected) {

    /** How a backfill stands. */
    public enum State {
        /** It starts runs. */
        RUNNING,
        /** It starts none until somebody resumes it; those that are under way go on. */
        PAUSED,
        /** It starts no more. */
        CANCELLED,
        /** All its runs have ended. */
        ENDED;

        /** The word in tables, API and command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    static Backfill of(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Backfill(
                row.getLong("id"),
                row.getString("definition"),
                row.getString("schedule"),
                row.getObject("from_time", OffsetDateTime.class).toInstant(),
                row.getObject("to_time", OffsetDateTime.class).toInstant(),
                Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
                row.getBoolean("newest_first"),
                row.getInt("parallel"),
                State.of(row.getString("state")),
                row.getString("actor"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getInt("items"),
                row.getInt("started"),
                row.getInt("found"),
                row.getInt("rejected"));
    }
}
