package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.trigger.arrival.ledger.FileNames;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a node took from a drop folder, or is about to take.
 *
 * @param id names its folder
 * @param definition name of the definition that it was taken for
 * @param folder its drop folder
 * @param name its name in the drop folder; of one in a folder below it, its path there with slashes
 * @param run id of its run; 0 while it has none
 * @param path its path after it was taken
 * @param group id of the files that were taken with it to become one run; null if it is alone
 * @param version its version if it stays where it is, and a copy was taken; null if it was moved
 * @param at when it was taken; null before the ledger says so
 */
record TakenFile(
        UUID id,
        String definition,
        Path folder,
        String name,
        long run,
        Path path,
        @Nullable UUID group,
        @Nullable String version,
        @Nullable Instant at) {
    /** Its name in the folder in which it lay. */
    String fileName() {
        return FileNames.last(name);
    }

    /** The folder that holds this file and no other. */
    Path ownFolder() {
        return Objects.requireNonNull(path.getParent());
    }

    static TakenFile of(ResultSet row, int n) throws SQLException {
        return new TakenFile(
                row.getObject("id", UUID.class),
                row.getString("definition"),
                Path.of(row.getString("folder")),
                row.getString("name"),
                row.getLong("run_id"),
                Path.of(row.getString("path")),
                row.getObject("group_id", UUID.class),
                row.getString("version"),
                row.getObject("taken_at", OffsetDateTime.class).toInstant());
    }
}
