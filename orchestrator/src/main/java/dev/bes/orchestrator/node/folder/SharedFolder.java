package dev.bes.orchestrator.node.folder;

/** The folders that all nodes share. */
public enum SharedFolder {
    /** Holds the drop folders. */
    DROP_ROOT("orchestrator.trigger.drop-root", "takes no dropped files and launches nothing"),
    /** Takes the outputs. */
    DELIVERY_ROOT("orchestrator.pipeline.delivery-root", "delivers nothing");

    private final String setting;
    private final String without;

    SharedFolder(String setting, String without) {
        this.setting = setting;
        this.without = without;
    }

    /** The setting that names it. */
    public String setting() {
        return setting;
    }

    /** What a node does without a proof that it sees the folder, as a predicate. */
    String without() {
        return without;
    }
}
