package dev.bes.testbench.checker.evidence;

/** The kinds of faults that the checker distinguishes. */
public enum FaultKind {
    /** A node's process is killed. */
    NODE_KILLED,
    /** A node's process is suspended for a while. */
    NODE_PAUSED,
    /** A node is asked to end. */
    NODE_TERMINATED,
    /** A node's clock is wrong. */
    NODE_CLOCK,
    /** The database is down or does not answer. */
    DATABASE_DOWN,
    /** Sessions of the database are terminated. */
    SESSIONS_TERMINATED,
    /** The database lacks connections or space, or a table is locked. */
    DATABASE_EXHAUSTED,
    /** Calls to the remote side fail, or their replies are lost, late or broken. */
    CALLS_FAILING,
    /** A call reaches the remote side twice, though the caller sent it once. */
    CALLS_DUPLICATED,
    /** The remote side itself fails. */
    REMOTE_FAILING,
    /** The blob store fails or is down. */
    BLOBS_FAILING,
    /** Folders are missing, full or read-only. */
    FOLDERS_FAILING
}
