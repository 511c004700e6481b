package dev.bes.orchestrator.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Why the database did not do what it was asked, where that is no mistake of ours and the same is worth asking again. The engine
 * and the web side both decide by it. Of several reasons in one exception the first of this list counts.
 */
public enum DatabaseFailure {
    /** It takes no changes: a standby, a switch-over, or a server that protects its disk. */
    READ_ONLY("the database takes no changes (read-only)", true),
    /** Its disk is full or can't be written. */
    NO_ROOM("the database has no room on its disk", true),
    /** It has as many sessions as it takes. */
    NO_CONNECTIONS("the database takes no more connections", true),
    /** It does not take our user, our password or the name of the database. */
    REFUSED("the database refuses what spring.datasource.* says", true),
    /** It is away, starting, ending, or out of reach. */
    NO_ANSWER("the database does not answer", true),
    /** The database is well, but no connection of ours was free in time. */
    CROWDED("all connections to the database are in use", false),
    /** It broke this statement off for the sake of others, or for its time. */
    BUSY("the database is too busy", false),
    /** It gave no reason that says more. */
    UNCLEAR("the database does not answer", false);

    private final String words;
    private final boolean outage;

    DatabaseFailure(String words, boolean outage) {
        this.words = words;
        this.outage = outage;
    }

    /** What is wrong, as the middle of a sentence. */
    public String words() {
        return words;
    }

    /** What is wrong, as the beginning of a sentence. */
    public String sentence() {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Whether everybody meets it, so that it is said once by {@link DatabaseState} and by nobody else. */
    public boolean isOutage() {
        return outage;
    }

    /** The reason of an exception, wherever in its causes it stands; null if the database is not to blame. */
    public static @Nullable DatabaseFailure of(@Nullable Throwable thrown) {
        DatabaseFailure found = null;
        DatabaseFailure likely = null;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> todo = new ArrayDeque<>();
        Optional.ofNullable(thrown).ifPresent(todo::push);
        while (!todo.isEmpty() && seen.size() < 50) {
            Throwable each = todo.pop();
            if (seen.add(each)) {
                found = first(found, each instanceof SQLException e ? ofSql(e) : null);
                likely = first(likely, ofSpring(each));
                Optional.ofNullable(each.getCause()).ifPresent(todo::push);
                if (each instanceof SQLException e && e.getNextException() != null) {
                    todo.push(e.getNextException());
                }
                // a rollback that failed hides what it was to roll back
                if (each instanceof TransactionSystemException e && e.getApplicationException() != null) {
                    todo.push(e.getApplicationException());
                }
            }
        }
        return found == null ? likely : found;
    }

    /** Whether the reason of an exception is one that everybody meets. */
    public static boolean isOutage(@Nullable Throwable thrown) {
        DatabaseFailure failure = of(thrown);
        return failure != null && failure.outage;
    }

    /** Warns that something could not be done, unless an outage is the reason: that is said once, by {@link DatabaseState}. */
    public static void warn(Logger log, String what, Throwable reason) {
        if (!isOutage(reason)) {
            log.warn("{}: {}", what, reason.getMessage());
        }
    }

    private static @Nullable DatabaseFailure first(@Nullable DatabaseFailure one, @Nullable DatabaseFailure other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private static @Nullable DatabaseFailure ofSql(SQLException e) {
        String state = e.getSQLState();
        DatabaseFailure known = state == null ? null : ofState(state);
        if (e instanceof SQLTransientConnectionException && (known == null || !known.outage)) {
            // the pool's own time-out; the last trouble with the server is its cause, whatever it was
            return e.getCause() == null ? CROWDED : NO_ANSWER;
        }
        if (state != null) {
            return known;
        }
        // what the pool says of a connection that it has just taken out
        return "Connection is closed".equals(e.getMessage()) ? NO_ANSWER : null;
    }

    /** Source: appendix A of the manual of PostgreSQL, and the driver for class 08. */
    private static @Nullable DatabaseFailure ofState(String state) {
        return switch (state) {
            case "25006" -> READ_ONLY;
            case "53100", "58030" -> NO_ROOM;
            case "53300" -> NO_CONNECTIONS;
            case "3D000" -> REFUSED;
            case "57P01", "57P02", "57P03", "57P04" -> NO_ANSWER;
            case "25P03", "25P04", "55006", "55P03" -> BUSY;
            default ->
                switch (state.substring(0, Math.min(2, state.length()))) {
                    case "08" -> NO_ANSWER;
                    case "28" -> REFUSED;
                    case "40", "53", "57" -> BUSY;
                    default -> null;
                };
        };
    }

    private static @Nullable DatabaseFailure ofSpring(Throwable e) {
        return switch (e) {
            case DataAccessResourceFailureException _,
                    RecoverableDataAccessException _,
                    CannotCreateTransactionException _,
                    TransactionSystemException _ -> UNCLEAR;
            case TransientDataAccessException _ -> BUSY;
            default -> null;
        };
    }
}
