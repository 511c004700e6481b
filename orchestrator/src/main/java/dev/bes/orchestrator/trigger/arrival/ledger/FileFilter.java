package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.definition.DefinitionScope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which files to list.
 *
 * @param scope only those of these definitions; only the scope of everything includes those that no definition takes
 * @param definition only those of this definition
 * @param state only those in this state
 * @param name only those of this name, also in folders below a drop folder; with a {@code *} at its end, those whose names begin so
 * @param from only those first seen at this time or later
 * @param to only those first seen before this time
 */
public record FileFilter(
        DefinitionScope scope,
        @Nullable String definition,
        @Nullable FileState state,
        @Nullable String name,
        @Nullable Instant from,
        @Nullable Instant to) {}
