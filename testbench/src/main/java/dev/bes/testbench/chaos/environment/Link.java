package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.checker.evidence.FaultKind;

/** A connection from a node to a remote system, with a proxy in between. */
public enum Link {
    /** The managed API. */
    API("calls", FaultKind.CALLS_FAILING),
    /** The blob store. Jobs use the same proxy: they get the address that the node has. */
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
