package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.definition.DefinitionScope;
import org.jspecify.annotations.Nullable;

/**
 * Which backfills to list.
 *
 * @param scope only those of these definitions
 * @param definition only those of this definition
 * @param state only those in this state
 */
public record BackfillFilter(
        DefinitionScope scope, @Nullable String definition, Backfill.@Nullable State state) {

    /** What backfills can be sorted by; those that are equal are sorted by their numbers. */
    public enum Key {
        /** The number. */
        ID("b.id"),
        /** The name of the definition. */
        DEFINITION("b.definition"),
        /** When it was asked for. */
        CREATED("b.created_at");

        private final String column;

        Key(String column) {
            this.column = column;
        }
    }

    /**
     * The order in which to read.
     *
     * @param after begin after this one; null to begin with the first
     */
    public record Order(
            Key key, boolean descending, @Nullable Position after) {
        /** From the newest on. */
        public static final Order NEWEST = new Order(Key.ID, true, null);

        /** The condition that leaves out those before; it begins with {@code AND}. */
        String condition() {
            return after == null
                    ? ""
                    : " AND (%s, b.id) %s (:afterKey, :afterId)".formatted(key.column, descending ? "<" : ">");
        }

        /** The clause that sorts. */
        String clause() {
            String direction = descending ? " DESC" : "";
            return " ORDER BY " + key.column + direction + ", b.id" + direction;
        }
    }

    /**
     * Where a backfill stands in the list.
     *
     * @param key its number, the name of its definition or its time, as the list is sorted
     */
    public record Position(Object key, long id) {}

    /** The condition of the filter. */
    String condition() {
        return "b.definition LIKE ANY(:scope)"
                + (definition == null ? "" : " AND b.definition = :definition")
                + (state == null ? "" : " AND b.state = :state");
    }
}
