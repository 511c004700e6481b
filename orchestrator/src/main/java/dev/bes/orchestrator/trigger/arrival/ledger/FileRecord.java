package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.text.VisibleText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a drop folder, as the ledger knows it.
 *
 * @param id its number; a larger one was seen later
 * @param definition the definition that takes it; null if none does
 * @param folder its drop folder, or blob store and prefix
 * @param name its name there
 * @param state what has become of it
 * @param reason why it is not taken, or not yet, or kept apart; null if nothing stands in the way
 * @param bytes its size
 * @param modified its modification time; null in rows of older versions
 * @param seen when a node first saw it
 * @param since when it came into its state
 * @param run id of its run; null if it has none
 * @param path its path after it was taken; null while it lies in its folder
 * @param store the blob store that has the blob; null for a file of a folder
 * @param version its version if it stays where it is and is still there; null for others
 */
public record FileRecord(
        long id,
        @Nullable String definition,
        String folder,
        String name,
        FileState state,
        @Nullable String reason,
        long bytes,
        @Nullable Instant modified,
        Instant seen,
        Instant since,
        @Nullable Long run,
        @Nullable String path,
        @Nullable String store,
        @Nullable String version) {

    /** Whether it can be put back: it is kept apart, or it was scored and stays where it is. */
    public boolean isRetryable() {
        return state == FileState.QUARANTINED || (state == FileState.SCORED && version != null);
    }

    /** Its name with invisible characters made visible. */
    public String shownName() {
        return VisibleText.name(name);
    }

    /** Its folder with invisible characters made visible. */
    public String shownFolder() {
        return VisibleText.name(folder);
    }
}
