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
 * Why a database call failed, where the same call may succeed later. Engine and web decide by it. Of several reasons in
 * one exception the first of this list counts.
 */
public enum DatabaseFailure {
    /** It takes no changes: a standby, a switch-over, or a server that protects its disk. */
    READ_ONLY("the database takes no changes (read-only)", true),
    /** Its disk is full or can't be written. */
    NO_ROOM("the database has no room on its disk", true),
    /** It has reached its limit of sessions. */
    NO_CONNECTIONS("the database takes no more connections", true),
    /** It refuses our user, our password or the name of the database. */
    REFUSED("the database refuses what spring.datasource.* says", true),
    /** It is away, starting, ending, or out of reach. */
    NO_ANSWER("the database does not answer", true),
    /** The database answers, but no connection of the pool was free in time. */
    CROWDED("all connections to the database are in use", false),
    /** It cancelled this statement: a deadlock, a lock or a time-out. */
    BUSY("the database is too busy", false),
    /** It gave no clear reason. */
    UNCLEAR("the database does not answer", false);

    private final String text;
    private final boolean outage;

    DatabaseFailure(String text, boolean outage) {
        this.text = text;
        this.outage = outage;
    }

    /** What is wrong, as the middle of a sentence. */
    public String text() {
        return text;
    }

    /** What is wrong, as the beginning of a sentence. */
    public String sentence() {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Whether it is an outage for all callers, which only {@link DatabaseState} logs. */
    public boolean isOutage() {
        return outage;
    }

    /** The reason of an exception or of its causes; null if it is no failure of the database. */
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

    /** Whether the reason of an exception is an outage for all callers. */
    public static boolean isOutage(@Nullable Throwable thrown) {
        DatabaseFailure failure = of(thrown);
        return failure != null && failure.outage;
    }

    /** Logs a warning, unless an outage is the reason: {@link DatabaseState} logs it once. */
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
