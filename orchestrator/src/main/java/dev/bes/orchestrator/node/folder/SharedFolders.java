package dev.bes.orchestrator.node.folder;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this node sees the folders that all nodes share. */
public interface SharedFolders {
    /** Name of the hidden file that marks a shared folder. */
    String MARKER = FolderMarker.NAME;

    /** Why this node may not use a folder, with the name of the setting; null if it may. Never waits. */
    @Nullable
    String problem(SharedFolder folder);

    /** Whether this node may use a folder, as far as it knew some seconds ago. Never waits. */
    default boolean has(SharedFolder folder) {
        return problem(folder) == null;
    }

    /**
     * Checks that this node may use a folder.
     *
     * @throws FolderUnavailableException if it may not
     */
    default void require(SharedFolder folder) {
        if (!has(folder)) {
            throw new FolderUnavailableException(folder);
        }
    }

    /** Whether a folder is at this moment the one that was proven to be shared. Looks at the folder, which may hang. */
    boolean isThere(SharedFolder folder);

    /** The shared folder that a path lies under. */
    Optional<SharedFolder> of(Path path);
}
