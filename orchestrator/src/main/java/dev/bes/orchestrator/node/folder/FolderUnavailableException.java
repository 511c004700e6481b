package dev.bes.orchestrator.node.folder;

/** This node does not see a folder that all nodes share; another one may. */
public final class FolderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the setting, but no path, since callers read the message. */
    public FolderUnavailableException(SharedFolder folder) {
        super(
                ("This node does not see the folder of %s that all nodes share; its readiness and its log say why. Another node"
                                + " may see it")
                        .formatted(folder.setting()));
    }
}
