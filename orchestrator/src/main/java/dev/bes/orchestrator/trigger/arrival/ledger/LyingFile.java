package dev.bes.orchestrator.trigger.arrival.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry that lies in a drop folder.
 *
 * @param name its name in the folder
 * @param definition the definition that takes it; null if none does
 * @param bytes its size
 * @param modified its modification time, in whole microseconds
 * @param state seen, settling, complete, grouped or ignored
 * @param reason why it is not taken, or not yet; null if it will be taken
 * @param group key of the group in which it waits; null if it is in none
 * @param version its version if it stays where it is when it was scored; null if it is moved
 */
public record LyingFile(
        String name,
        @Nullable String definition,
        long bytes,
        Instant modified,
        FileState state,
        @Nullable String reason,
        @Nullable String group,
        @Nullable String version) {}
