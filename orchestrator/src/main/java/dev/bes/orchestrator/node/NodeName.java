package dev.bes.orchestrator.node;

/** Who this process is. */
public interface NodeName {

    /** Unique among all processes that ever ran. */
    String name();
}
