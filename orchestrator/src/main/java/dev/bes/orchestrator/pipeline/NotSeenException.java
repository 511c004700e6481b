package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.run.Claim;
import java.io.IOException;
import java.time.Duration;

/** This node does not see a folder that all nodes share: what needs it is left to the others, and has suffered nothing. */
public final class NotSeenException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(1);

    public NotSeenException(SharedFolder folder) {
        super("This node does not see the folder of " + folder.setting());
    }

    /** By then this node claims nothing of the kind any more. */
    public Outcome leftToOthers(Claim claim) {
        return Outcome.later(claim, SOON, null);
    }
}
