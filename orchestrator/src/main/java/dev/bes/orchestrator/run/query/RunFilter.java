package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.TriggerKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param scope only those of these definitions
 * @param state only those in this state
 * @param definition only those of this definition
 * @param trigger only those that this kind of trigger asked for
 * @param occurrence only those of this occurrence
 * @param attention only those with a scoring that needs attention
 * @param acceptedFrom only those accepted at this time or later
 * @param acceptedTo only those accepted before this time
 * @param before only those with a smaller id
 */
public record RunFilter(
        DefinitionScope scope,
        @Nullable State state,
        @Nullable String definition,
        @Nullable TriggerKind trigger,
        @Nullable String occurrence,
        boolean attention,
        @Nullable Instant acceptedFrom,
        @Nullable Instant acceptedTo,
        @Nullable Long before) {
    /** All runs. */
    public static final RunFilter ALL =
            new RunFilter(DefinitionScope.ALL, null, null, null, null, false, null, null, null);

    /** Whether it shows runs that serve others, too. */
    boolean showsServing() {
        return trigger != null || occurrence != null || attention;
    }

    /** The same, only in this state. */
    public RunFilter in(@Nullable State only) {
        return new RunFilter(scope, only, definition, trigger, occurrence, attention, acceptedFrom, acceptedTo, before);
    }

    /** The same, only of this definition. */
    public RunFilter of(@Nullable String only) {
        return new RunFilter(scope, state, only, trigger, occurrence, attention, acceptedFrom, acceptedTo, before);
    }

    /** The same, only of these definitions. */
    public RunFilter within(DefinitionScope only) {
        return new RunFilter(only, state, definition, trigger, occurrence, attention, acceptedFrom, acceptedTo, before);
    }

    /** The same, only before this run. */
    public RunFilter before(@Nullable Long id) {
        return new RunFilter(scope, state, definition, trigger, occurrence, attention, acceptedFrom, acceptedTo, id);
    }
}
