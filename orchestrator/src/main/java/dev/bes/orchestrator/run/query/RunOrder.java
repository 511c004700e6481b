package dev.bes.orchestrator.run.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * In which order to list runs, and after which one to begin.
 *
 * @param byTime by the time at which they were accepted; else by id
 * @param descending from high to low
 * @param time when the run was accepted after which to begin; null to begin with the first
 * @param id the id of that run
 */
public record RunOrder(
        boolean byTime,
        boolean descending,
        @Nullable Instant time,
        @Nullable Long id) {
    /** By id, from the newest on. */
    public static final RunOrder NEWEST = new RunOrder(false, true, null, null);

    /** The condition that leaves out the runs before; it begins with {@code AND}. */
    String condition() {
        String sign = descending ? "<" : ">";
        if (id == null) {
            return "";
        }
        return byTime
                ? " AND (r.created_at, r.id) " + sign + " (:afterTime, :afterId)"
                : " AND r.id " + sign + " :afterId";
    }

    /** The clause that sorts. */
    String clause() {
        String direction = descending ? " DESC" : "";
        return " ORDER BY " + (byTime ? "r.created_at" + direction + ", " : "") + "r.id" + direction;
    }
}
