package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the ledger of arriving files.
 *
 * @param files the entries of drop folders
 * @param next where to find the next ones, if there are any
 */
public record FilesJson(List<FileJson> files, @Nullable String next) {

    /**
     * An entry of a drop folder, from first sight to its end.
     *
     * @param id its number; a larger one was seen later
     * @param definition the definition that takes it; null if none does
     * @param folder its drop folder
     * @param name its name there
     * @param state {@code seen}, {@code settling}, {@code complete}, {@code grouped}, {@code claimed}, {@code scored}, {@code archived},
     *     {@code deleted}, {@code duplicate}, {@code quarantined}, {@code retried}, {@code ignored} or {@code gone}
     * @param reason why it is not taken, or not yet, or kept apart
     * @param bytes its size
     * @param modified its modification time
     * @param seen when a node first saw it
     * @param since when it came into its state
     * @param run id of its run
     * @param path its path after it was taken
     * @param links {@code run}, if it has one; {@code retry}, if it is in quarantine
     */
    public record FileJson(
            long id,
            @Nullable String definition,
            String folder,
            String name,
            String state,
            @Nullable String reason,
            long bytes,
            @Nullable Instant modified,
            Instant seen,
            Instant since,
            @Nullable Long run,
            @Nullable String path,
            Map<String, String> links) {}
}
