package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.checker.evidence.FaultKind;

/** A connection from a node to a remote system, with a proxy in between. */
public enum Link {
    /** The managed API. */
    API("calls", FaultKind.CALLS_FAILING),
    /** The token endpoint of Microsoft Entra ID. */
    TOKENS("calls for tokens", FaultKind.CALLS_FAILING),
    /** The Azure Resource Manager. */
    RESOURCE_MANAGER("calls of the Resource Manager", FaultKind.CALLS_FAILING),
    /** The scoring URI of a batch endpoint. */
    SCORING_URI("calls of the scoring URI", FaultKind.CALLS_FAILING),
    /** The list of a batch endpoint's jobs. */
    JOB_LIST("calls for lists of jobs", FaultKind.CALLS_FAILING),
    /** A model server. */
    MODEL_SERVER("calls of the model server", FaultKind.CALLS_FAILING),
    /** The blob store. Jobs of BES use the same proxy: they get the address that the node has. */
    BLOBS("blobs", FaultKind.BLOBS_FAILING),
    /** PostgreSQL. */
    DATABASE("database link", FaultKind.DATABASE_DOWN);

    public final String title;
    public final FaultKind faultKind;

    Link(String title, FaultKind faultKind) {
        this.title = title;
        this.faultKind = faultKind;
    }
}
