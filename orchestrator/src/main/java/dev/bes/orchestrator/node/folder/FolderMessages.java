package dev.bes.orchestrator.node.folder;

import dev.bes.orchestrator.node.folder.FolderRows.Known;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Says why this node does not use a shared folder, what that means, and what to do.
 *
 * @param folder the folder
 * @param path its path on this node
 */
record FolderMessages(SharedFolder folder, Path path) {

    String silent(Duration took) {
        return "%s has not answered for %d s: does the disk or the network mount still answer? This node %s meanwhile"
                .formatted(this, took.toSeconds(), folder.without());
    }

    String unreadable(Exception e) {
        return "%s can't be read: %s. This node %s until it can".formatted(this, e, folder.without());
    }

    /** Other nodes share another folder. */
    String foreign(Known known, boolean exists, Optional<UUID> marker) {
        String without = exists
                ? "it lacks their file %s, which holds %s".formatted(FolderMarker.NAME, known.marker())
                : "it does not exist here";
        String lack = marker.map(other ->
                        "its file %s holds %s, theirs holds %s".formatted(FolderMarker.NAME, other, known.marker()))
                .orElse(without);
        return ("%s is not the folder that the other nodes share (theirs is %s): %s. This node %s until it is."
                        + " Mount the shared folder there, or correct the setting")
                .formatted(this, known.path(), lack, folder.without());
    }

    /** It has lost its marker while this node ran. */
    String replaced(Known known) {
        return ("%s is no longer the folder that this node saw there: it lacks the file %s, which held %s. This node %s until the"
                        + " folder is back: is the disk or network mount gone? After a move on purpose restart the node")
                .formatted(this, FolderMarker.NAME, known.marker(), folder.without());
    }

    /** It is the folder of the other nodes, but they know it by another path. */
    String elsewhere(Known known) {
        return ("%s has another path on the other nodes: %s. Files are stored by path, so the path must be"
                        + " the same on all nodes. This node %s until then. Mount it there and correct the setting")
                .formatted(this, known.path(), folder.without());
    }

    /** Unfinished work needs files of another folder, or of what it was before. */
    String needed(Known known, Path needed, boolean marked) {
        String way = path.equals(known.path()) && !marked
                ? "Bring the folder back with what was in it; if its files are lost, write the line %s into the file %s"
                        .formatted(known.marker(), path.resolve(FolderMarker.NAME))
                : "Set the setting back until that work has ended, or make %s lead to the folder, with its file %s"
                        .formatted(known.path(), FolderMarker.NAME);
        return "%s is not the folder that unfinished work has its files in, such as %s. This node %s until it is. %s"
                .formatted(this, needed, folder.without(), way);
    }

    /** The setting and the path. */
    @Override
    public String toString() {
        return folder.setting() + " (" + path + ")";
    }
}
