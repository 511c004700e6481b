package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;

/** A far side of a node, with a proxy in between. */
enum Link {
    /** The managed API. */
    API("calls", Fault.CALLS_DISTURBED),
    /** The blob store, which jobs reach by the same way: they are told the address that the node knows. */
    BLOBS("blobs", Fault.BLOBS_SICK),
    /** PostgreSQL. */
    DATABASE("database link", Fault.DATABASE_DOWN);

    final String words;
    final Fault fault;

    Link(String words, Fault fault) {
        this.words = words;
        this.fault = fault;
    }
}
