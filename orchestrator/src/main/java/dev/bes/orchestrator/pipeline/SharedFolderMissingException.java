package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.run.Claim;
import java.io.IOException;
import java.time.Duration;

/** A shared folder is missing on this node. The scoring is released for another node, and no failure is counted. */
public final class SharedFolderMissingException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Duration RELEASE_DELAY = Duration.ofSeconds(1);

    public SharedFolderMissingException(SharedFolder folder) {
        super("This node cannot access the folder of " + folder.setting());
    }

    /** Defers the scoring until this node has noticed that the folder is missing, and no longer claims such work. */
    public Outcome defer(Claim claim) {
        return Outcome.deferred(claim, RELEASE_DELAY, null);
    }
}
